"""What Temporal keeps is closed; every key on the ring opens; nothing is guessed where none does."""

import base64
import itertools
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter, DefaultPayloadConverter
from temporalio.exceptions import ActivityError, ApplicationError, FailureError

from appraisal.errors import MissingReason
from runtime.crypt import CannotOpen, Encrypted
from runtime.keyring import Keyring, new_key, read_keys
from runtime.temporal import Converter, plugin
from tests import builders

OLD, NEW = (f"{name}={base64.b64encode(bytes([number] * 32)).decode()}" for number, name in enumerate(("old", "new")))
TEXT = "Belum menyusun SKP karena sakit."
CLEAR = DefaultPayloadConverter().to_payloads([{"reason": TEXT, "name": "Siti Aminah"}])[0]


def ring(*keys: str, clear: bool = False) -> Keyring:
    read = read_keys(",".join(keys))
    return Keyring(read, None if clear else read[0])


def codec(*keys: str, clear: bool = False) -> Encrypted:
    return Encrypted(ring(*keys, clear=clear))


def converter(*keys: str) -> Converter:
    found: Any = plugin(ring(*keys)).data_converter
    assert isinstance(found, Converter)
    return found


async def test_nothing_of_it_can_be_read_and_the_same_twice_looks_different() -> None:
    first, second = await codec(NEW).encode([CLEAR, CLEAR])
    assert first.data != second.data
    assert first.metadata == {"encoding": b"binary/encrypted", "encryption-key-id": b"new"}
    assert b"Siti" not in first.SerializeToString()
    assert b"json" not in first.SerializeToString()
    assert await codec(NEW).decode([first, second]) == [CLEAR, CLEAR]


async def test_a_key_is_changed_while_everybody_works() -> None:
    """Each program in turn learns the new key, then closes with it; they read each other throughout."""
    stages = (codec(OLD), codec(OLD, NEW), codec(NEW, OLD))
    for one, other in itertools.pairwise(stages):
        for writer, reader in ((one, other), (other, one)):
            assert await reader.decode(await writer.encode([CLEAR])) == [CLEAR]
    (closed,) = await codec(OLD).encode([CLEAR])
    with pytest.raises(CannotOpen, match=r"closed with the payload key 'old', which is not here: put it back"):
        await codec(NEW).decode([closed])
    (later,) = await codec(NEW, OLD).encode([CLEAR])
    assert later.metadata["encryption-key-id"] == b"new"


async def test_another_key_of_that_id_and_changed_bytes_are_told() -> None:
    (closed,) = await codec(NEW).encode([CLEAR])
    impostor = OLD.replace("old", "new")
    with pytest.raises(CannotOpen, match="cannot be opened with the payload key 'new'"):
        await codec(impostor).decode([closed])
    changed = Payload(metadata=closed.metadata, data=closed.data[:-1] + bytes([closed.data[-1] ^ 1]))
    renamed = Payload(metadata={**closed.metadata, "encryption-key-id": b"old"}, data=closed.data)
    for wrong in (changed, renamed, Payload(metadata=closed.metadata)):
        with pytest.raises(CannotOpen):
            await codec(NEW, OLD).decode([wrong])


async def test_what_was_never_closed_still_opens_and_what_was_closed_opens_without_closing() -> None:
    assert await codec(NEW).decode([CLEAR]) == [CLEAR]
    (closed,) = await codec(NEW).encode([CLEAR])
    assert await codec(NEW, clear=True).encode([CLEAR]) == [CLEAR]
    assert await codec(NEW, clear=True).decode([closed, CLEAR]) == [CLEAR, CLEAR]


async def test_a_failure_says_nothing_in_clear_not_even_its_causes_when_it_is_passed_on() -> None:
    data = converter(NEW)
    failure = await _failed(data, MissingReason(TEXT, "reason", "Say why, Siti Aminah."))
    received = await data.decode_failure(failure)
    assert isinstance(received, ActivityError)
    cause = received.cause
    assert isinstance(cause, ApplicationError)
    assert (cause.message, cause.type) == (TEXT, "MissingReason")
    assert cause.details == ("reason", "Say why, Siti Aminah.", {})
    passed_on = Failure()
    await data.encode_failure(received, passed_on)
    for one in (await _failed(data, cause), passed_on):
        assert b"Siti" not in one.SerializeToString()
        assert b"sakit" not in one.SerializeToString()
        assert b"test_crypt" not in one.SerializeToString(), "nor where in the code"
    again = await data.decode_failure(passed_on)
    assert isinstance(again, FailureError)
    assert isinstance(again.cause, ApplicationError)
    assert again.cause.message == TEXT


async def test_a_failure_with_many_causes_stays_below_what_temporal_cuts_down() -> None:
    data = converter(NEW)
    whole: Exception = ValueError(f"the root {'x' * 5000}")
    for number in range(30):
        above = ValueError(f"cause {number} {'x' * 5000}")
        above.__cause__, whole = whole, above
    failure = await _failed(data, whole)
    assert failure.ByteSize() < 4096
    received = await data.decode_failure(failure)
    said = [getattr(received, "message", "")]
    while received.__cause__ is not None:
        received = received.__cause__
        said.append(getattr(received, "message", "")[:8])
    assert (said[0], said[-1]) == (TEXT, "the root"), "what it came to, and what it began with"


async def _failed(data: DataConverter, cause: Exception) -> Failure:
    try:
        try:
            raise cause
        except Exception as raised:
            raise ActivityError(
                TEXT,
                scheduled_event_id=1,
                started_event_id=2,
                identity="worker",
                activity_type="store_case",
                activity_id="1",
                retry_state=None,
            ) from raised
    except ActivityError as whole:
        failure = Failure()
        await data.encode_failure(whole, failure)
        return failure


async def test_a_state_comes_back_as_it_was() -> None:
    plan, data = builders.plan(), converter(NEW)
    closed = await data.encode([plan])
    assert await data.decode(closed, [type(plan)]) == [plan]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("abc", "must be id=key for each, like 2027=...: number 1 is not"),
        (f"{OLD},x y", "number 2 is not"),
        ("a/b=" + "A" * 44, "number 1 is not"),
        ("old=AAAA", "must hold base64 of 32 random bytes for each: the key old is something else"),
        ("old=not base64", "the key old is something else"),
        (f"{OLD}\n{OLD}", "names two keys alike"),
    ],
)
def test_keys_that_cannot_be_are_refused_without_repeating_them(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong) as refused:
        read_keys(text)
    assert "AAAA" not in str(refused.value)


def test_keys_are_read_line_by_line_or_with_commas_and_never_shown() -> None:
    assert read_keys(f"{NEW}\n{OLD}\n") == read_keys(f"{NEW}, {OLD}")
    assert repr(read_keys(NEW)) == "(Key('new'),)"
    made = {new_key(builders.START.date()) for _ in range(2)}
    assert len(made) == len({read_keys(line)[0].id for line in made}) == 2
