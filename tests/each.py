"""One test over many names: a thousand separate tests would cost more than what they check."""

from collections.abc import Callable, Iterable


def for_each(names: Iterable[str]) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """Run a test for every name, and tell of all that fail."""

    def made(test: Callable[[str], None]) -> Callable[[], None]:
        def run() -> None:
            wrong = []
            for name in names:
                try:
                    test(name)
                except AssertionError as error:
                    wrong.append(f"{name}: {error}")
            assert not wrong, "\n".join(wrong)

        run.__name__, run.__doc__ = test.__name__, test.__doc__
        return run

    return made
