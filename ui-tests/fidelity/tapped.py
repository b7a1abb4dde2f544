"""Starts a kernel that can't be hooked from inside and writes down, beside it, what it handled: the yardstick of the
fidelity suite for kernels that are no Python class of ours to wrap.

    tapped.py CONNECTION_FILE ARGV...    (an argument of ARGV that is CONNECTION_FILE names the kernel's own instead)

It stands on the ports that Jupyter gave to the kernel, the kernel on ports of its own, and every message of all five
channels passes through byte for byte, under the identity of the client that sent it. The lines are truth.py's. It
knows nothing of Celltrail, and reads no clock but its own: the dates in the messages are what Celltrail reads.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

import zmq

ASKED = ("shell", "control", "stdin")  # ROUTER at the kernel, DEALER at the client
CHANNELS = (*ASKED, "iopub", "hb")
DELIMITER = b"<IDS|MSG>"


class Writer:
    """Joins what passes by to a line of JSON per event, each with one write(2)."""

    def __init__(self, path, connection_file):
        self.out = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        found = re.search(r"kernel-([0-9a-f-]{36})\.json", connection_file)
        self.kernel_id = found.group(1) if found else connection_file
        self.pid = None
        self.open = {}
        self.idle_at = 0.0  # when the kernel last said that it is idle

    def passes(self, channel, to_kernel, frames):
        """A message on its way. @param frames from the delimiter on"""
        now = time.perf_counter()
        header = json.loads(frames[2])
        parent = json.loads(frames[3]) or {}  # xeus-python writes null where there is none
        kind = header["msg_type"]
        if to_kernel and kind == "execute_request":
            self.open[header["msg_id"]] = {"header": header, "content": json.loads(frames[5]), "given_at": now}
        run = None if to_kernel else self.open.get(parent.get("msg_id"))
        if run and kind == "status":
            self.status(run, json.loads(frames[5])["execution_state"], now)
        elif run and kind == "execute_input":
            run["began"] = True
        elif run and kind == "execute_reply":
            self.reply(run, json.loads(frames[5]), now)
        elif not to_kernel and kind == "status" and json.loads(frames[5])["execution_state"] == "idle":
            self.idle_at = now

    # The kernel takes a request up some time between when it was handed over, or when it said that it is done with
    # the one before, and when its `busy` arrives here. Between the two lies its own stamp of the begin. The hook
    # knows both moments from inside; here the first bounds the longest time that may be on record, the second the
    # shortest. Kernels that go on with several requests side by side say busy before they are done with the one before.
    def status(self, run, state, now):
        if state == "busy" and "busy_at" not in run:
            run.update(busy_at=now, taken_up_at=max(run["given_at"], self.idle_at))
            self.write("began", run)
        if state == "idle":
            self.idle_at = now
            run["idle_at"] = now
            if "busy_at" in run:
                self.write("idle", run, idle_ms=(now - run["taken_up_at"]) * 1000)
            self.end(run)

    def reply(self, run, content, now):
        run.update(replied_at=now, reply=content)
        self.end(run)

    # Reply and idle come on two sockets and are stamped by the kernel in either order: the earlier is the end. The
    # reply's line waits for both, so that what it says of the time is whole.
    def end(self, run):
        if not {"busy_at", "replied_at", "idle_at"} <= run.keys():
            return
        content = run["reply"]
        if content.get("status") == "aborted":
            self.write("aborted", run)
        else:
            self.write(
                "ended",
                run,
                ran_ms=(min(run["replied_at"], run["idle_at"]) - run["busy_at"]) * 1000,
                took_ms=(max(run["replied_at"], run["idle_at"]) - run["taken_up_at"]) * 1000,
                status=content.get("status", "unknown"),
                ename=content.get("ename"),
                evalue=content.get("evalue"),
                count=content.get("execution_count"),
            )
        del self.open[run["header"]["msg_id"]]

    def write(self, kind, run, **more):
        content = run["content"]
        line = {
            "kind": kind,
            "kernel_id": self.kernel_id,
            "pid": self.pid,
            "msg_id": run["header"]["msg_id"],
            "session_id": run["header"]["session"],
            "code": content.get("code", ""),
            "silent": bool(content.get("silent", False)),
            "store_history": bool(content.get("store_history", True)),
            "at": time.time(),
            **more,
        }
        os.write(self.out, (json.dumps(line) + "\n").encode())


class Tap:
    """The sockets on both sides, and what carries a message from one to the other."""

    def __init__(self, outer, inner, seen):
        self.context = zmq.Context()
        self.poller = zmq.Poller()
        self.inner = inner
        self.seen = seen
        self.carry = {}  # socket → what to do with what it received
        self.clients = {}  # (channel, the client's identity) → the socket that speaks to the kernel in its name
        self.outer = {}
        kinds = {"iopub": zmq.PUB, "hb": zmq.ROUTER}
        for channel in CHANNELS:
            # A client that reconnects comes with the identity it had.
            sock = self.make(kinds.get(channel, zmq.ROUTER))
            if channel != "iopub":
                sock.router_handover = 1
            sock.bind(address(outer, channel))
            self.outer[channel] = sock
        for channel in ("shell", "control", "stdin", "hb"):
            self.listen(self.outer[channel], lambda frames, channel=channel: self.to_kernel(channel, frames))
        news = self.make(zmq.SUB)
        news.subscribe(b"")  # before the kernel speaks, so that nothing is lost that a client could have seen
        news.connect(address(inner, "iopub"))
        self.listen(news, self.publish)

    def make(self, kind):
        sock = self.context.socket(kind)
        sock.set_hwm(0)
        sock.linger = 1000
        sock.reconnect_ivl = 20
        return sock

    def listen(self, sock, carry):
        self.carry[sock] = carry
        self.poller.register(sock, zmq.POLLIN)

    def to_kernel(self, channel, frames):
        identity, *message = frames
        sock = self.clients.get((channel, identity))
        if sock is None:
            sock = self.make(zmq.DEALER)
            if channel in ASKED:
                sock.identity = identity
            sock.connect(address(self.inner, channel))
            self.clients[channel, identity] = sock
            self.listen(sock, lambda back: self.to_client(channel, identity, back))
        self.note(channel, True, message)
        sock.send_multipart(message, copy=False)

    def to_client(self, channel, identity, message):
        self.note(channel, False, message)
        self.outer[channel].send_multipart([identity, *message], copy=False)

    def publish(self, frames):
        self.note("iopub", False, frames)
        self.outer["iopub"].send_multipart(frames, copy=False)

    def note(self, channel, to_kernel, frames):
        if DELIMITER in frames:
            self.seen(channel, to_kernel, frames[frames.index(DELIMITER):])

    def turn(self, timeout):
        """Carries what has come, one message of each socket. @returns whether there was any"""
        ready = self.poller.poll(timeout)
        for sock, _ in ready:
            self.carry[sock](sock.recv_multipart())
        return bool(ready)

    def close(self):
        while self.turn(50):
            pass
        self.context.destroy(linger=1000)


def address(ports, channel):
    return f"tcp://{ports['ip']}:{ports[channel + '_port']}"


def free_ports(count):
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def main(connection_file, *argv):
    with open(connection_file) as file:
        outer = json.load(file)
    ports = dict(zip([f"{channel}_port" for channel in CHANNELS], free_ports(len(CHANNELS))))
    inner = {**outer, **ports}
    # Beside Lab's own, under a name that truth.py and clients don't take for it; a restart writes it anew.
    own_file = os.path.join(os.path.dirname(connection_file), f"tapped-{os.path.basename(connection_file)}")
    with open(os.open(own_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(inner, file)
    writer = Writer(os.environ["CELLTRAIL_TRUTH"], connection_file)
    tap = Tap(outer, inner, writer.passes)
    # Jupyter signals the group of processes, so the kernel gets its interrupt itself; a signal that has a handler is
    # back at its default in the child.
    signal.signal(signal.SIGINT, lambda *_: None)
    kernel = subprocess.Popen([own_file if part == connection_file else part for part in argv])
    writer.pid = kernel.pid
    while kernel.poll() is None:
        tap.turn(100)
    tap.close()
    # As the kernel went, so goes what Jupyter takes for it.
    if kernel.returncode < 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), -kernel.returncode)
    sys.exit(kernel.returncode)


main(*sys.argv[1:])
