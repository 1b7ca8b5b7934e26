"""Who answers to whom and who heads what, on one day. Pure: the adapters bring the facts, nothing is looked up here."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from appraisal.people.acting import Acting


@dataclass(frozen=True, slots=True)
class Post:
    """The position that counts for a person on that day: the definitive one where there is one."""

    unit: str
    supervisor: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """Where a person stands: `superiors` nearest first, the direct unit, the calibration pool and who heads it.

    `superiors` hold their office; `acting` are those who act for the nearest two. `head_id` may be an acting official.
    Rule: pool.
    """

    superiors: tuple[str, ...]
    unit_id: str
    pool_unit_id: str
    head_id: str | None
    acting: tuple[Acting, ...] = ()

    @property
    def supervisor_id(self) -> str | None:
        return self.superiors[0] if self.superiors else None

    @property
    def superior_id(self) -> str | None:
        """The supervisor's supervisor."""
        return self.superiors[1] if len(self.superiors) > 1 else None


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads a unit now, for which official if he acts for one, and the superiors of that office, nearest first."""

    person: str | None = None
    represents: str | None = None
    superiors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """One day's units (id to the unit above), heads (unit to person), posts and who acts (by the official represented).

    An acting official counts here while he himself holds a position. Whoever is `away` for a time keeps his own, and decides
    nothing: who acts for him does, else whoever follows in the line.
    """

    parents: Mapping[str, str | None]
    heads: Mapping[str, str]
    posts: Mapping[str, Post]
    acting: Mapping[str, Acting] = field(default_factory=dict)
    away: Collection[str] = ()

    def without(self, people: Collection[str], for_good: bool) -> "Organisation":
        """This organisation once these people are not there, for good or for a time."""
        acting = {official: one for official, one in self.acting.items() if one.by not in people}
        if not for_good:
            return replace(self, acting=acting, away={*self.away, *people})
        heads = {unit: head for unit, head in self.heads.items() if head not in people}
        posts = {person: post for person, post in self.posts.items() if person not in people}
        return replace(self, acting=acting, heads=heads, posts=posts)

    def last_line(self, person: str, post: Post) -> Line | None:
        """The line of somebody who has left, from the position that he held last: whoever was his superior still is."""
        return replace(self, posts={**self.posts, person: post}).line(person)

    def left_of(self, then: Line, now: Line) -> Line:
        """An earlier line as far as it still stands: whoever of it still decides, and who acts for them; without anybody, `now`.

        Rule: period_reviewer.
        """
        superiors = tuple(one for one in then.superiors if one in self.posts and self._decides(one))
        acting = tuple(self.acting[superior] for superior in superiors[:2] if superior in self.acting)
        return replace(then, superiors=superiors, acting=acting) if superiors else now

    def line(self, person: str) -> Line | None:
        """The reporting line and pool of a person; None for somebody who holds no position that day.

        The pool is the ancestor directly below the root. Its head belongs to the root's pool, so that nobody
        calibrates himself; so do the staff of the root. A pool without a head falls to the next head above, and
        the head of the root to the own supervisor: None where there is none.
        """
        post = self.posts.get(person)
        if post is None:
            return None
        superiors = tuple(self._superiors(person))
        path = tuple(self._path(post.unit))
        pool = path[-2] if len(path) > 1 else path[-1]
        if self.heads.get(pool) == person:
            pool = path[-1]
        head = self._leader_above(pool, person) or (self._deputy(superiors[0], person) if superiors else None)
        acting = tuple(self.acting[superior] for superior in superiors[:2] if superior in self.acting)
        return Line(superiors, post.unit, pool, head, acting)

    def leader(self, unit: str, member: str | None) -> Leader:
        """Who leads this pool; `member`, one of its people, tells whose superior does where no unit above has a head."""
        heads = list(self._heads(unit))
        line = self.line(member) if member is not None else None
        official = heads[0] if heads else line.supervisor_id if line else None
        if official is None:
            return Leader()
        who, above = self._deputy(official), self.line(official)
        superiors = tuple(self._deputy(one) for one in above.superiors) if above else ()
        others = tuple(one for one in superiors if one != who)
        return Leader(who, official if who != official else None, others)

    def _deputy(self, official: str, other_than: str | None = None) -> str:
        """Who decides for this official now; himself where only the excluded person would."""
        acting = self.acting.get(official)
        return acting.by if acting and acting.signs and acting.by != other_than else official

    def _leader_above(self, unit: str, other_than: str) -> str | None:
        """The nearest head above, or who acts for him; an office in which the person himself would act is passed over."""
        found = (self._deputy(head) for head in self._heads(unit) if head != other_than)
        return next((who for who in found if who != other_than), None)

    def _superiors(self, person: str) -> Iterator[str]:
        """The chain upwards. It ends where nobody is above, and before anybody would occur twice."""
        seen = {person}
        above = self._supervisor(person)
        while above is not None and above not in seen:
            seen.add(above)
            yield above
            above = self._supervisor(above)

    def _supervisor(self, person: str) -> str | None:
        """Whom the person answers to, past those who are away; where one has left, the nearest head above, acting or not."""
        post = self.posts.get(person)
        above = post.supervisor if post else None
        passed = {person}
        while above is not None and above in self.posts and not self._decides(above) and above not in passed:
            passed.add(above)
            above = self.posts[above].supervisor
        if post is None or above is None or (above in self.posts and self._decides(above)):
            return above
        return next((head for head in self._heads(post.unit) if head not in passed), None)

    def _decides(self, official: str) -> bool:
        """Whether this official is there, or somebody who signs for him."""
        acting = self.acting.get(official)
        return official not in self.away or bool(acting and acting.signs)

    def _heads(self, unit: str) -> Iterator[str]:
        """The heads of the unit and of those above it, the nearest first; not whoever is away."""
        found = (self.heads[step] for step in self._path(unit) if step in self.heads)
        return (head for head in found if self._decides(head))

    def above(self, unit: str) -> tuple[str, ...]:
        """The units above this one, the nearest first."""
        return tuple(self._path(unit))[1:]

    def _path(self, unit: str) -> Iterator[str]:
        """The unit and all above it, the root last; a broken record that goes in circles ends where it began."""
        seen: set[str] = set()
        step: str | None = unit
        while step is not None and step not in seen:
            seen.add(step)
            yield step
            step = self.parents.get(step)
