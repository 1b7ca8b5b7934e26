"""No key or token of a service stands in a file under version control. Passwords in code are for ruff to find (S105 to S107).

The patterns are those of detect-secrets. Its own walk takes each line by itself and needs minutes for what a whole text at a
time needs seconds for. Left out are the kinds that look like any hash or any setting.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from detect_secrets.plugins import (
    aws,
    discord,
    github_token,
    jwt,
    mailchimp,
    npm,
    private_key,
    sendgrid,
    slack,
    square_oauth,
    stripe,
    twilio,
)
from detect_secrets.plugins.base import RegexBasedDetector

from supply.inventory import ROOT

DETECTORS: tuple[RegexBasedDetector, ...] = (
    aws.AWSKeyDetector(),
    discord.DiscordBotTokenDetector(),
    github_token.GitHubTokenDetector(),
    jwt.JwtTokenDetector(),
    mailchimp.MailchimpDetector(),
    npm.NpmDetector(),
    private_key.PrivateKeyDetector(),
    sendgrid.SendGridDetector(),
    slack.SlackDetector(),
    square_oauth.SquareOAuthDetector(),
    stripe.StripeDetector(),
    twilio.TwilioKeyDetector(),
)


def secrets_in(text: str) -> Iterator[tuple[int, str]]:
    """The line of each secret and what kind it is of, and never the secret."""
    for detector in DETECTORS:
        for pattern in detector.denylist:
            for found in pattern.finditer(text):
                if not text[found.start() - 1 : found.start()].isalnum():  # within a longer word it is a name
                    yield text.count("\n", 0, found.start()) + 1, detector.secret_type


def tracked(root: Path) -> list[Path]:
    """The files under version control."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True)  # noqa: S607
    return [file for name in told.stdout.split("\0") if name and (file := root / name).is_file()]


def findings(files: Iterable[Path]) -> list[str]:
    """A line for each secret."""
    return [
        f"{file}:{line}: {kind}"
        for file in files
        for line, kind in secrets_in(file.read_text(encoding="utf-8", errors="replace"))
    ]


def main() -> int:
    """Nothing found in nothing read is no answer."""
    files = tracked(ROOT)
    found = findings(files)
    for one in found:
        print(one, file=sys.stderr)
    print(f"{len(files)} files read, {len(found)} secrets found")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
