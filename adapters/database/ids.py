"""Surrogate keys: they say nothing about whom they name."""

import secrets


def new_id() -> str:
    """12 hexadecimal characters."""
    return secrets.token_hex(6)
