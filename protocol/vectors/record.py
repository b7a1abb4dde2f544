"""Records the real messages that kernels send, as vectors for the rules that turn messages into events.

    python -m venv venv && venv/bin/pip install ipykernel jupyter_client bash_kernel calysto_scheme xeus-python deno
    venv/bin/python protocol/vectors/record.py SCENARIO...   (all without arguments)

Only `observations` of a vector are written; what they mean (`expected`) is written by hand, once, and kept when a
vector is recorded anew. Message and session ids are made stable, dates stay as the kernel wrote them.
"""
import json
import pathlib
import re
import sys
import time
from queue import Empty

from jupyter_client import session
from jupyter_client.manager import KernelManager

# It would read the dates and lose how the kernel wrote them.
session.extract_dates = lambda value: value

HERE = pathlib.Path(__file__).parent / "messages"
OWN, OTHER = "own", "other"


class Recording:
    """One kernel, the page's own client and a stranger's, and all that the page's client saw."""

    def __init__(self, kernel_name):
        self.kernel_name = kernel_name
        self.seen = []
        self.manager = KernelManager(kernel_name=kernel_name)
        self.manager.start_kernel()
        self.clients = {OWN: self.connect(), OTHER: self.connect()}
        self.implementation = self.info()
        self.drain(0.5)
        self.seen.clear()

    def connect(self):
        client = self.manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        return client

    def info(self):
        client = self.clients[OWN]
        wanted = client.kernel_info()
        while True:
            reply = client.get_shell_msg(timeout=20)
            if reply["parent_header"].get("msg_id") == wanted:
                return reply["content"].get("implementation")

    def send(self, who, code, metadata=None, **content):
        client = self.clients[who]
        body = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True, "stop_on_error": True}
        message = client.session.msg("execute_request", {**body, **content})
        message["metadata"] = metadata or {}
        client.shell_channel.send(message)
        if who == OWN:
            self.seen.append({"direction": "send", "channel": "shell", "message": message})
        return message["header"]["msg_id"]

    def drain(self, quiet):
        """Takes what comes to the page's client until nothing came for `quiet` seconds."""
        client = self.clients[OWN]
        last = time.monotonic()
        while time.monotonic() - last < quiet:
            for channel, get in (("iopub", client.get_iopub_msg), ("shell", client.get_shell_msg), ("stdin", client.get_stdin_msg), ("control", client.get_control_msg)):
                try:
                    message = get(timeout=0.02)
                except Empty:
                    continue
                self.seen.append({"direction": "recv", "channel": channel, "message": message})
                last = time.monotonic()

    def close(self):
        for client in self.clients.values():
            client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)


def stable(observations):
    """Message and session ids by the order they appear in; dates as text; machine paths out."""
    names = {}

    def name(kind, value):
        return names.setdefault(value, f"{kind}{sum(1 for v in names.values() if v.startswith(kind)) + 1}")

    def header(value):
        if not value:
            return {}
        kept = {"msg_id": name("message-", value["msg_id"]), "msg_type": value["msg_type"], "session": name("session-", value["session"])}
        date = value.get("date")
        if date is not None:
            # jupyter_client parsed it; isoformat gives back the text, with its time zone as numbers.
            kept["date"] = date if isinstance(date, str) else date.isoformat().replace("+00:00", "Z")
        return kept

    def text(value):
        if isinstance(value, str):
            return re.sub(r"(/[\w.~-]+){2,}/", "/somewhere/", re.sub(r"ipykernel_\d+", "ipykernel", value))
        if isinstance(value, list):
            return [text(item) for item in value]
        if isinstance(value, dict):
            return {key: text(item) for key, item in value.items()}
        return value

    kept = []
    for seen in observations:
        if "message" not in seen:
            kept.append(seen)
            continue
        message = seen["message"]
        metadata = {key: value for key, value in (message["metadata"] or {}).items() if key in ("started", "cellId", "status")}
        if "started" in metadata and not isinstance(metadata["started"], str):
            metadata["started"] = metadata["started"].isoformat().replace("+00:00", "Z")
        kept.append(
            {
                "direction": seen["direction"],
                "channel": seen["channel"],
                "header": header(message["header"]),
                "parent_header": header(message["parent_header"]),
                "metadata": metadata,
                "content": text(message["content"]),
            }
        )
    return kept


def simple(*codes, who=OWN, quiet=1.0, cells=True, **content):
    def run(recording):
        for index, code in enumerate(codes):
            recording.send(who, code, {"cellId": f"cell-{index + 1}"} if cells and who == OWN else None, **content)
        recording.drain(quiet)

    return run


def apart(*codes):
    """Runs one after the other, each with the options of its own."""

    def run(recording):
        for entry in codes:
            code, content = entry if isinstance(entry, tuple) else (entry, {})
            recording.send(OWN, code, **content)
            recording.drain(1.0)

    return run


def interrupt(code):
    def run(recording):
        recording.send(OWN, code, {"cellId": "cell-1"})
        recording.send(OWN, "2 + 2" if "sleep(" in code else "echo queued", {"cellId": "cell-2"})
        recording.drain(0.7)
        recording.manager.interrupt_kernel()
        recording.drain(1.5)

    return run


def question(recording):
    wanted = recording.send(OWN, "name = input('who? ')\nprint(name)", {"cellId": "cell-1"})
    recording.drain(0.6)
    recording.clients[OWN].input("Zahra")
    recording.drain(0.8)
    return wanted


def restart(recording):
    recording.send(OWN, "import time; time.sleep(60)", {"cellId": "cell-1"})
    recording.send(OWN, "'queued'", {"cellId": "cell-2"})
    recording.drain(0.6)
    recording.seen.append({"edge": "restarting"})
    recording.manager.restart_kernel(now=True)
    for client in recording.clients.values():
        client.wait_for_ready(timeout=60)
    recording.send(OWN, "'after'", {"cellId": "cell-3"})
    recording.drain(1.0)


SCENARIOS = {
    "success": ("python3", "ipython", simple("print('Hello')\nx = 10 + 20\nx")),
    "error": ("python3", "ipython", simple("1 / 0  # This will raise ZeroDivisionError")),
    "run-all-with-a-failure": ("python3", "ipython", simple("a = 1", "raise ValueError('no')", "b = 2", "c = 3")),
    "interrupt": ("python3", "ipython", interrupt("import time\ntime.sleep(30)")),
    "restart": ("python3", "ipython", restart),
    "no-history": ("python3", "ipython", simple("21 * 2", store_history=False)),
    "silent": ("python3", "ipython", simple("x = 3", cells=False, silent=True, store_history=False)),
    "another-client": ("python3", "ipython", simple("print('theirs')", "oops", who=OTHER)),
    "another-clients-silent-run": ("python3", "ipython", simple("y = 1", who=OTHER, silent=True)),
    "input": ("python3", "ipython", question),
    "handled-error": ("python3", "ipython", simple("try:\n    1 / 0\nexcept Exception:\n    get_ipython().showtraceback()\n'went on'")),
    "displays": ("python3", "ipython", simple("from IPython.display import display, HTML\ndisplay(HTML('<b>é</b>'))\nimport sys\nsys.stderr.write('warn')\n{'a': 1}")),
    "bash-success": ("bash", "bash_kernel", simple("echo hi")),
    "bash-false": ("bash", "bash_kernel", simple("false")),
    "bash-interrupt": ("bash", "bash_kernel", interrupt("sleep 30")),
    "scheme-success": ("calysto_scheme", "calysto_scheme", simple("(+ 1 2)")),
    "scheme-error": ("calysto_scheme", "calysto_scheme", simple("(car 5)")),
    "scheme-error-of-another-client": ("calysto_scheme", "calysto_scheme", simple("(car 5)", who=OTHER)),
    "xeus-success": ("xpython", "xeus-python", simple("print('hi')\n1 + 1")),
    "xeus-error": ("xpython", "xeus-python", simple("1 / 0", "2")),
    "xeus-interrupt": ("xpython", "xeus-python", interrupt("import time\ntime.sleep(30)")),
    "xeus-counts": ("xpython", "xeus-python", apart("1 + 1", ("2 + 2", {"store_history": False}), ("3 + 3", {"silent": True}), "4 + 4")),
    "xeus-dates": ("xpython", "xeus-python", simple("import time; time.sleep(0.2)")),
    "deno-counts": ("deno", "Deno kernel", apart("1 + 1", ("2 + 2", {"store_history": False}), ("3 + 3", {"silent": True}), "4 + 4")),
    "deno-result-after-idle": ("deno", "Deno kernel", simple("1 + 1")),
    "deno-syntax": ("deno", "Deno kernel", simple("const = 1")),
    "deno-syntax-of-another-client": ("deno", "Deno kernel", simple("const = 1", who=OTHER)),
    "deno-success": ("deno", "Deno kernel", simple("console.log('hi'); 1 + 1")),
    "deno-error": ("deno", "Deno kernel", simple("throw new Error('no')")),
}


def record(name):
    kernel_name, _, run = SCENARIOS[name]
    recording = Recording(kernel_name)
    try:
        run(recording)
        path = HERE / f"{name}.json"
        old = json.loads(path.read_text()) if path.exists() else {}
        vector = {
            "says": old.get("says", ""),
            "kernel": {"id": "8f6f3a52-6b0c-4d3e-9a53-0d1f5f0c2b11", "name": kernel_name, "implementation": recording.implementation},
            "observations": stable(recording.seen),
            "expected": old.get("expected", []),
        }
        path.write_text(json.dumps(vector, indent=1, ensure_ascii=False) + "\n")
        print(name, len(recording.seen), recording.implementation)
    finally:
        recording.close()


for scenario in sys.argv[1:] or SCENARIOS:
    record(scenario)
