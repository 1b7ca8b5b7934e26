"""The templates, translated: for pages and for mails. Knows nothing of the web server, so that workers can write letters."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.pages.words import LOCALE, translations

TEMPLATES = LOCALE.parent / "templates"


def translated(language: str) -> Environment:
    """The templates in one language. Whatever people typed comes out escaped; an unknown name in a template is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return made
