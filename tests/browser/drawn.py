"""When a page is drawn: it has asked its server for nothing more, and has shown what it heard; no fixture and no test."""

# A page notes when it last asked for a run, and when its server last began one and ended one: the numbers are those of
# the fields of Streamlit's messages. A run that ends early (2) makes room for the next one. That the server said
# something is not enough: what ends an older run may be on its way while the page asks.
LISTEN = """
const ASKS = 11, BEGINS = 4, ENDS = 6, EARLY = 2, BYTES = 2;
window.runs = { asked: 0, begun: 0, ended: 0, heard: 0 };
function* fields(data) {
    const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength);
    let at = 0;
    const varint = () => {
        let value = 0;
        for (let scale = 1; ; scale *= 128) {
            const byte = bytes[at++];
            value += (byte & 127) * scale;
            if (byte < 128) return value;
        }
    };
    while (at < bytes.length) {
        const tag = varint(), value = varint();
        yield [tag >> 3, value];
        if ((tag & 7) === BYTES) at += value;
    }
}
const hear = event => {
    if (typeof event.data === "string") return;
    const now = window.runs.heard = performance.now();
    for (const [field, value] of fields(event.data)) {
        if (field === BEGINS) window.runs.begun = now;
        if (field === ENDS && value !== EARLY) window.runs.ended = now;
    }
};
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
    if (!this.isHeard) {
        this.isHeard = true;
        this.addEventListener("message", hear);
    }
    if (typeof message !== "string")
        for (const [field] of fields(message)) if (field === ASKS) window.runs.asked = performance.now();
    return send.call(this, message);
};
"""
DRAWN = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const main = '[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]';
    const { asked, begun, ended, heard } = window.runs;
    return app?.dataset.testScriptState === "notRunning"
        && app.dataset.testConnectionState === "CONNECTED"
        && begun >= asked && ended >= begun
        && performance.now() - heard > 60
        && document.querySelector(main)
        && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
        && document.fonts.status === "loaded";
}"""


PATIENCE = 150_000  # milliseconds: the first page of a new plan waits for its sample, on a machine that may do much else
STILL = """words => {
    const folded = [...document.querySelectorAll("details")].find(one => one.innerText.includes(words));
    const height = folded.getBoundingClientRect().height, now = performance.now();
    if (window.folded?.height !== height) window.folded = { height, since: now };
    return folded.open && now - window.folded.since > 300;
}"""


def drawn(page):
    """Wait until the script of the page has run and nothing of the last run is left on the screen."""
    page.wait_for_timeout(100)  # a turn of the mode, or what is typed, takes a moment to become a run
    page.wait_for_function(DRAWN, polling=50, timeout=PATIENCE)
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
