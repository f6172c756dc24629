"""What Jinja does for each value and each call of a macro, done with less ado.

A page of an article asks for some hundred macros and prints five times as many values; most of that time went into
finding out what kind of callable a macro is, and into escaping what is HTML already.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

from kitabat.markup.html import escaped

DIRECT: set[type] = {type("".join)}
"""Types of what templates call that asks nothing of Jinja, as methods of texts and mappings do not; whoever has another
such type says so."""
KNOWN = "kitabat_function"
"""Attribute of a macro that has been called: what ``plain_function`` says of it, and how many arguments it has."""


class QuickContext(Context):
    """Calls macros at once that want neither a caller nor arguments by name."""

    def call(self, called: Any, /, *args: Any, _block_vars: Any = None, _loop_vars: Any = None, **named: Any) -> Any:
        """Return what a macro, or anything else, makes of its arguments; two by name are for Jinja itself."""
        kind = type(called)
        if kind is Macro and not named and self.eval_ctx.autoescape:
            known = getattr(called, KNOWN, None)
            if known is None:
                known = plain_function(called), len(called.arguments)
                setattr(called, KNOWN, known)
            function, number = known
            if function is not None and number >= len(args):
                lacking = number - len(args)
                return str.__new__(Markup, function(*args, *[missing] * lacking) if lacking else function(*args))
        elif kind in DIRECT:
            return called(*args, **named)
        return super().call(called, *args, _block_vars=_block_vars, _loop_vars=_loop_vars, **named)


def plain_function(macro: Macro) -> Callable[..., str] | None:
    """Return the function of a macro whose arguments are all there are; None for any other."""
    is_plain = not (macro.caller or macro.explicit_caller or macro.catch_kwargs or macro.catch_varargs)
    return vars(macro).get("_func") if is_plain else None


class QuickTemplate(jinja2.Template):
    """A compiled template that escapes its values with ``escaped``."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's own name for it
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """Return the template that code is of."""
        found = super().from_code(environment, code, globals, uptodate)
        # The code has imported `escape` under that name; it calls it for what it prints, and for nothing else.
        found.root_render_func.__globals__["escape"] = escaped
        return found

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return what a template that imports this one gets: the same each time, without globals of its own."""
        if self._module is not None and (ctx is None or ctx.globals_keys <= self.environment.globals.keys()):
            return self._module
        return super()._get_default_module(ctx)


class QuickEnvironment(jinja2.Environment):
    """Jinja with this context and these templates."""

    context_class = QuickContext
    template_class = QuickTemplate
