"""When a page is drawn: it has asked its server for nothing more, and has shown what it heard; no fixture and no test."""

# A page notes when it asks and when it hears, so that a test knows that an answer is on its way.
LISTEN = """
window.asked = window.heard = 0;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
    if (!this.isHeard) {
        this.isHeard = true;
        this.addEventListener("message", () => { window.heard = performance.now(); });
    }
    window.asked = performance.now();
    return send.call(this, message);
};
"""
# A server that says nothing for three seconds was asked for nothing that it answers.
DRAWN = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const main = '[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]';
    return app?.dataset.testScriptState === "notRunning"
        && app.dataset.testConnectionState === "CONNECTED"
        && (window.heard >= window.asked || performance.now() - window.asked > 3000)
        && performance.now() - window.heard > 60
        && document.querySelector(main)
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
        && document.fonts.status === "loaded";
}"""


STILL = """words => {
    const folded = [...document.querySelectorAll("details")].find(one => one.innerText.includes(words));
    const height = folded.getBoundingClientRect().height, now = performance.now();
    if (window.folded?.height !== height) window.folded = { height, since: now };
    return folded.open && now - window.folded.since > 300;
}"""


def drawn(page):
    """Wait until the script of the page has run and nothing of the last run is left on the screen."""
    page.wait_for_timeout(100)  # a turn of the mode, or what is typed, takes a moment to become a run
    page.wait_for_function(DRAWN, polling=50)
    return page


def unfold(page, words):
    """Open what is folded under words, and wait until it has slid open: a press on the way lands beside its button."""
    page.locator("summary", has_text=words).click()
    page.wait_for_function(STILL, arg=words, polling=50)
    return page


def soon(page, holds, seconds=4):
    """Wait until something holds, and tell whether it does."""
    for _ in range(int(seconds * 20)):
        if holds():
            return True
        page.wait_for_timeout(50)
    return False
