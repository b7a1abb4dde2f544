"""What the kernel really handled, written by the kernel itself: the yardstick of the fidelity suite.

IPython runs this file when a kernel starts; hooked.py hands it kernels of other languages. It hooks the kernel's own handling of execute requests and writes a
line of JSON per request to the file that CELLTRAIL_TRUTH names, with one write(2) each, so that a kernel that is
killed leaves whole lines. It knows nothing of Celltrail.
"""

import contextvars
import json
import os
import re
import time
from datetime import datetime

from IPython import get_ipython


SHOWN = ("stream", "display_data", "update_display_data", "execute_result")


def unix(date):
    if isinstance(date, str):
        date = datetime.fromisoformat(date.replace("Z", "+00:00"))
    return date.timestamp()


def add_output(outputs, msg_id, kind, content, buffers):
    """Adds what a message shows to what its run has shown."""
    sum_ = outputs.setdefault(msg_id, {"types": [], "bytes": 0, "exact": True})
    if kind == "stream":
        shown = {f"application/vnd.jupyter.{content['name']}": content["text"]}
    else:
        shown = content["data"]
    for type_, value in shown.items():
        if type_ not in sum_["types"]:
            sum_["types"].append(type_)
        text = value if isinstance(value, str) else json.dumps(value)
        size = len(text.encode("utf-8", "surrogatepass"))
        sum_["bytes"] += size
        sum_["exact"] &= isinstance(value, str) and (len(text) <= 2048 or size == len(text))
    for buffer in buffers or []:
        sum_["bytes"] += memoryview(buffer).nbytes


def install(kernel, path):
    out = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    connection_file = getattr(kernel.parent, "connection_file", "") or ""
    found = re.search(r"kernel-([0-9a-f-]{36})\.json", connection_file)
    kernel_id = found.group(1) if found else connection_file

    def write(kind, parent, **more):
        content = parent.get("content", {})
        line = {
            "kind": kind,
            "kernel_id": kernel_id,
            "pid": os.getpid(),
            "msg_id": parent["header"]["msg_id"],
            "session_id": parent["header"]["session"],
            "code": content.get("code", ""),
            "silent": bool(content.get("silent", False)),
            "store_history": bool(content.get("store_history", True)),
            "cell_id": parent.get("metadata", {}).get("cellId"),
            "requested_at": unix(parent["header"]["date"]),
            "at": time.time(),
            **more,
        }
        os.write(out, (json.dumps(line) + "\n").encode())

    handled = kernel.shell_handlers["execute_request"]
    do_execute = kernel.do_execute
    # A context variable, because subshells handle requests at the same time in threads of their own.
    outcomes = contextvars.ContextVar("outcome")

    async def watched(*args, **kwargs):
        reply = do_execute(*args, **kwargs)
        if hasattr(reply, "__await__"):
            reply = await reply
        outcomes.get({}).update(reply, ran=time.perf_counter())
        return reply

    kernel.do_execute = watched

    # The kernel takes a request up just before it says that it is busy; on a loaded machine the handler begins later.
    taken_up = {}
    taken_at = {}
    set_parent = kernel.set_parent

    def watched_set_parent(ident, parent, channel="shell"):
        if parent["header"]["msg_type"] == "execute_request":
            taken_up[parent["header"]["msg_id"]] = time.perf_counter()
            taken_at[parent["header"]["msg_id"]] = time.time()
        return set_parent(ident, parent, channel=channel)

    kernel.set_parent = watched_set_parent

    async def execute_request(stream, ident, parent):
        began = time.perf_counter()
        write("began", parent, taken_at=taken_at.pop(parent["header"]["msg_id"], None))
        outcome = {}
        outcomes.set(outcome)
        try:
            result = handled(stream, ident, parent)
            if hasattr(result, "__await__"):
                await result
        finally:
            write(
                "ended",
                parent,
                ran_ms=(outcome.get("ran", time.perf_counter()) - began) * 1000,
                took_ms=(time.perf_counter() - taken_up.get(parent["header"]["msg_id"], began)) * 1000,
                status=outcome.get("status", "unknown"),
                ename=outcome.get("ename"),
                evalue=outcome.get("evalue"),
                count=outcome.get("execution_count"),
            )

    kernel.shell_handlers["execute_request"] = execute_request

    # All that another client's run shows of its end is idle, which a loaded machine says later than the reply.
    publish = kernel._publish_status

    def watched_publish(status, channel, parent=None):
        publish(status, channel, parent)
        header = (parent or kernel.get_parent(channel) or {}).get("header", {})
        began = taken_up.pop(header.get("msg_id"), None) if status == "idle" else None
        if began is not None:
            write(
                "idle",
                parent or kernel.get_parent(channel),
                idle_ms=(time.perf_counter() - began) * 1000,
                output=outputs.pop(header["msg_id"], {"types": [], "bytes": 0, "exact": True}),
            )

    kernel._publish_status = watched_publish

    say_input = kernel._publish_execute_input

    def publish_execute_input(code, parent, execution_count):
        # Said first: what no message can carry (lone surrogates) never got out.
        said = say_input(code, parent, execution_count)
        write("input", parent, input_count=execution_count)
        return said

    kernel._publish_execute_input = publish_execute_input

    # What is displayed passes here, whichever way it was displayed; what comes after idle belongs to no run any more.
    outputs = {}
    send = kernel.session.send

    def watched_send(stream, msg_or_type, content=None, parent=None, *args, **kwargs):
        message = msg_or_type if isinstance(msg_or_type, dict) else None
        kind = message["header"]["msg_type"] if message else msg_or_type
        if kind in SHOWN:
            of = message["parent_header"] if message else (parent or {})
            of = of.get("header", of)
            shown = message["content"] if message else content
            if of.get("msg_id"):
                add_output(outputs, of["msg_id"], kind, shown, kwargs.get("buffers") or (message or {}).get("buffers"))
        return send(stream, msg_or_type, content, parent, *args, **kwargs)

    kernel.session.send = watched_send

    abort = kernel._send_abort_reply

    def send_abort_reply(stream, msg, idents):
        if msg["header"]["msg_type"] == "execute_request":
            write("aborted", msg)
        return abort(stream, msg, idents)

    kernel._send_abort_reply = send_abort_reply


if os.environ.get("CELLTRAIL_TRUTH") and get_ipython():
    install(get_ipython().kernel, os.environ["CELLTRAIL_TRUTH"])
