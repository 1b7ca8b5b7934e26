"""Codes of an app, sealed secrets, and counts of wrong tries: nothing here needs a database."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters import one_time_codes
from adapters.guesses import SAME_DOOR, Count, Guesses, TooManyTries
from adapters.one_time_codes import STEP, code_at, matching_step, step_of
from adapters.sealing import CannotOpen, Sealer
from runtime.errors import CannotStart
from runtime.keyring import read_keys
from runtime.sealing_keys import demand_sealing_keys, sealing_keys
from runtime.settings import Settings
from tests.keys import KEYS

RFC = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)
OLD, NEW = {"k1": b"1" * 32}, {"k2": b"2" * 32, "k1": b"1" * 32}


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(second: int, code: str) -> None:
    assert code_at(RFC, second // STEP) == code


@pytest.mark.parametrize(("late", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_wrong_by_one_step(late: int, fits: bool) -> None:
    code = code_at(RFC, step_of(NOW) + late)
    assert (matching_step(RFC, f" {code[:3]} {code[3:]} ", NOW, 0) is not None) == fits


def test_a_code_that_was_used_opens_nothing_nor_does_any_before_it() -> None:
    now = step_of(NOW)
    assert matching_step(RFC, code_at(RFC, now), NOW, now - 1) == now
    assert matching_step(RFC, code_at(RFC, now), NOW, now) is None
    assert matching_step(RFC, code_at(RFC, now - 1), NOW, now) is None
    assert matching_step(RFC, code_at(RFC, now + 1), NOW + timedelta(seconds=STEP), now) == now + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "½½½½½½", "١٢٣٤٥٦", "000000\0"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert matching_step(RFC, typed, NOW, 0) is None


def test_secrets_and_recovery_codes_are_long_and_never_the_same() -> None:
    assert len(base64.b32decode(one_time_codes.new_secret())) == 20
    codes = one_time_codes.new_recovery_codes()
    assert len(set(codes)) == 8
    assert {len(one_time_codes.plain(code)) for code in codes} == {24}, "120 bits each"
    assert one_time_codes.plain(f" {codes[0].lower().replace('-', ' ')}") == one_time_codes.plain(codes[0])


def test_the_address_for_the_app_holds_the_secret_and_the_owner_and_breaks_at_no_name() -> None:
    address = one_time_codes.address_for_app(RFC, "Ani: Contoh, S.Kom?")
    assert address.startswith("otpauth://totp/Jenjang:Ani%3A%20Contoh%2C%20S.Kom%3F?secret=")
    assert f"secret={RFC}&issuer=Jenjang" in address


def test_what_is_sealed_is_read_with_its_key_where_it_belongs_and_nowhere_else() -> None:
    sealed = Sealer(OLD).seal("rahasia", "akun1")
    assert "rahasia" not in sealed
    assert Sealer(OLD).open(sealed, "akun1") == "rahasia"
    assert Sealer(NEW).open(sealed, "akun1") == "rahasia", "after another key has taken its place"
    assert (Sealer(NEW).is_old(sealed), Sealer(NEW).is_old(Sealer(NEW).seal("x", "akun1"))) == (True, False)
    for keys, text, about in (
        ({"k2": b"2" * 32}, sealed, "akun1"),
        ({"k1": b"3" * 32}, sealed, "akun1"),
        (OLD, sealed, "akun2"),
        (OLD, sealed[:-6] + "AAAAA=", "akun1"),
    ):
        with pytest.raises(CannotOpen, match="'k1'"):
            Sealer(keys).open(text, about)


async def test_only_wrong_tries_count_each_for_itself() -> None:
    guesses, count, other = Guesses(), Count(SAME_DOOR, ("ani", "10.0.0.1")), Count(SAME_DOOR, ("ani", "10.0.0.2"))
    for _ in range(SAME_DOOR.amount):
        await guesses.demand(count)
        await guesses.wrong(count)
    with pytest.raises(TooManyTries) as refused:
        await guesses.demand(count)
    assert 0 < refused.value.seconds <= SAME_DOOR.get_expiry()
    await guesses.demand(other)
    assert [await guesses.is_news(count) for _ in range(2)] == [True, False]


def test_the_sealing_key_is_no_payload_key_and_officers_are_not_let_down_without_one() -> None:
    settings = Settings(payload_keys=KEYS)
    assert list(sealing_keys(settings)) == ["tests"]
    assert read_keys(KEYS)[0].secret not in sealing_keys(settings).values()
    demand_sealing_keys(settings)
    demand_sealing_keys(Settings(payloads_in_clear=True, data_dir=Path("/nowhere"), second_step="optional"))
    with pytest.raises(CannotStart, match="JENJANG_SECOND_STEP=optional"):
        demand_sealing_keys(Settings(payloads_in_clear=True, data_dir=Path("/nowhere")))
