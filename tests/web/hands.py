"""Two ways to use a page as a person does: by pointer, and with keys alone."""

from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

#: Longest wait for a page on a busy machine, s; the most steps of the tab key on one page.
_PATIENCE_S, _STEPS = 60, 400


class Hands:
    """What both ways share."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def has(self, place: str) -> bool:
        return bool(self.browser.find_elements("css selector", place))

    def names(self, place: str) -> list[str]:
        """Return the names of the visible fields that a selector finds, each once."""
        script = (
            "return [...new Set([...document.querySelectorAll(arguments[0])]"
            ".filter((one) => one.closest('label, fieldset').offsetParent !== null).map((one) => one.name))]"
        )
        return list(self.browser.execute_script(script, place))

    def until(self, holds: Callable[[], bool]) -> None:
        WebDriverWait(self.browser, _PATIENCE_S).until(lambda _: holds())

    def press(self, place: str, *, leaves: bool = True) -> None:
        """Press a button or a link; wait for the page that comes, unless it stays."""
        self.browser.execute_script("window.isBefore = true")
        self._press(place)
        if leaves:
            came = "return !window.isBefore && document.readyState !== 'loading'"
            wait = WebDriverWait(self.browser, _PATIENCE_S, ignored_exceptions=[WebDriverException])
            wait.until(lambda browser: browser.execute_script(came))

    def follow(self, *addresses: str) -> None:
        """Follow links, one after another."""
        for address in addresses:
            self.press(f"a[href='{address}']")

    def choose(self, name: str, value: str) -> None:
        """Choose one of several answers."""
        raise NotImplementedError

    def type(self, place: str, text: str) -> None:
        """Type into a field."""
        raise NotImplementedError

    def _press(self, place: str) -> None:
        raise NotImplementedError


class Pointer(Hands):
    """Clicks where things are, after bringing them into the middle, out from under the menu."""

    def choose(self, name: str, value: str) -> None:
        self._press(f"label:has(input[name='{name}'][value='{value}'])")

    def type(self, place: str, text: str) -> None:
        found = self._shown(place)
        found.clear()
        found.send_keys(text)

    def _press(self, place: str) -> None:
        self._shown(place).click()

    def _shown(self, place: str) -> Any:
        found = self.browser.find_element("css selector", place)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        return found


class KeysAlone(Hands):
    """Goes by the tab key, arrows, space and enter; never points."""

    def choose(self, name: str, value: str) -> None:
        self._go_to(f"input[name='{name}']")
        for _ in range(20):
            chosen, is_checked = self.browser.execute_script(
                "const one = document.activeElement; return [one.value, one.checked]"
            )
            if chosen == value:
                if not is_checked:
                    self._keys(Keys.SPACE)
                return
            self._keys(Keys.ARROW_DOWN)
        raise AssertionError(f"{name} cannot be set to {value} with keys")

    def type(self, place: str, text: str) -> None:
        self._go_to(place)
        self._keys(text)

    def _press(self, place: str) -> None:
        self._go_to(place)
        self._keys(Keys.ENTER)

    def _go_to(self, place: str) -> None:
        for _ in range(_STEPS):
            if self._is_on(place):
                assert self._is_seen(), place
                return
            self._keys(Keys.TAB)
        raise AssertionError(f"the tab key does not reach {place}")

    def _is_on(self, place: str) -> bool:
        script = "return document.activeElement !== null && document.activeElement.matches(arguments[0])"
        try:
            return bool(self.browser.execute_script(script, place))
        except StaleElementReferenceException:
            return False

    def _is_seen(self) -> bool:
        """Say whether what has the focus is on the screen and not under the menu."""
        return bool(
            self.browser.execute_script(
                "const one = document.activeElement, box = one.getBoundingClientRect();"
                "const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];"
                "const top = document.elementFromPoint(x, y);"
                "const isLabel = top && one.closest('label') && top.closest('label') === one.closest('label');"
                "return top !== null && (one.contains(top) || top.contains(one) || isLabel)"
            )
        )

    def _keys(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()
