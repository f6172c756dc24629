from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from kitabat.rendering.quick_jinja import QuickEnvironment

MACROS = """\
{% macro plain(a, b="&") %}<{{ a }}{{ b }}>{% endmacro %}
{% macro called(a) %}{{ a }}{{ caller("<") }}{% endmacro %}
{% macro any(a) %}{{ a }}{{ varargs|join }}{{ kwargs|length }}{% endmacro %}
{% macro deep(n) %}{{ n }}{% if n %}{{ deep(n - 1) }}{% endif %}{% endmacro %}
"""
USES = (
    "{{ plain(1) }}{{ plain(text, html) }}{{ plain(b=text, a=html) }}{{ plain(missing_one) }}",
    "{{ plain() }}",
    "{{ plain(1, 2, 3) }}",
    "{{ plain(1, c=2) }}",
    "{% call(x) called(text) %}{{ x }}{{ html }}{% endcall %}{{ called(1) }}",
    "{{ any(text, html, '<', c=1) }}",
    "{{ deep(3) }}{{ deep(3)|upper }}{{ deep(1) ~ '<' ~ text }}",
    "{% for x in [text, html, none, 1.5, true] %}{{ x }}{{ plain(x) }}{{ loop.index }}{% endfor %}",
    "{% set both %}{{ text }}{{ plain(html) }}{% endset %}{{ both }}{{ both|length }}",
    "{% autoescape false %}{{ text }}{{ html }}{{ plain(text) }}{% endautoescape %}{{ shown(text) }}{{ listed.pop() }}",
    "{{ '-'.join(['a', text]) }}{{ {'a': html}.get('a') }}{% for x in '<>' %}{{ '{}'.format(x) }}{% endfor %}",
    "{{ nothing }}",
    "{{ nothing.more }}",
)


def made(environment: jinja2.Environment, source: str) -> str:
    """Return what a template makes, or the words of its fault."""
    values = {"text": "<i>", "html": Markup("<b>"), "shown": str.upper, "listed": ["<"]}
    try:
        return environment.from_string(MACROS + source).render(values)
    except (jinja2.UndefinedError, TypeError) as fault:
        return f"{type(fault).__name__}: {fault}"


@pytest.mark.parametrize("undefined", [jinja2.Undefined, jinja2.StrictUndefined])
@pytest.mark.parametrize("source", USES)
def test_a_template_makes_what_it_makes_with_jinja_alone(source: str, undefined: type[jinja2.Undefined]) -> None:
    quick, plain = (
        made(kind(autoescape=True, undefined=undefined), source) for kind in (QuickEnvironment, jinja2.Environment)
    )
    assert quick == plain


def test_macros_without_a_caller_are_called_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    slow = jinja2.runtime.Context.call

    def noted(*args: Any, **named: Any) -> Any:
        called.append(args[1])
        return slow(*args, **named)

    monkeypatch.setattr(jinja2.runtime.Context, "call", noted)
    assert "&lt;i&gt;" in made(QuickEnvironment(autoescape=True), "{{ plain(text) }}")
    assert called == []


def test_what_is_imported_knows_the_globals_that_jinja_would_have_it_know() -> None:
    templates = {"a": "{% from 'b' import b with context %}{% from 'c' import c %}{{ b() }}{{ c() }}"}
    templates |= {name: f"{{% macro {name}() %}}{{{{ known }}}}{{% endmacro %}}" for name in "bc"}

    def made(kind: type[jinja2.Environment]) -> list[str]:
        environment = kind(loader=jinja2.DictLoader(templates), autoescape=True)
        given: list[dict[str, Any]] = [{}, {"known": "<"}, {}]
        return [environment.get_template("a", globals=one).render() for one in given]

    assert made(QuickEnvironment) == made(jinja2.Environment)
    assert "&lt;" in made(QuickEnvironment)[1]
