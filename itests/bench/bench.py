"""What the benchmarks share: whole processes measured, a page cache that is dropped, the platform's command line."""

import json
import os
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import time

MIB = 1 << 20
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def drop_caches():
    subprocess.run(["sync"], check=True)
    with open("/proc/sys/vm/drop_caches", "w") as f:
        f.write("3")


def run(command):
    """Runs a shell command with an empty page cache; wall seconds, CPU seconds, peak memory in MiB."""
    drop_caches()
    start = time.monotonic()
    process = subprocess.Popen(["/bin/sh", "-c", command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit(f"failed: {command}\n{error.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def bytes_of(path):
    """What a file, or all files in a folder, take of the disk."""
    if os.path.isfile(path):
        return os.stat(path).st_blocks * 512
    return sum(bytes_of(os.path.join(path, name)) for name in os.listdir(path)) if os.path.isdir(path) else 0


def clear(path):
    shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else os.path.exists(path) and os.remove(path)


def quiet(*command, **options):
    """Runs a command that must succeed, and gives what it prints."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def wait_until(condition, process=None, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if process is not None and process.poll() is not None:
            sys.exit(f"ended early: {process.args}")
        if time.monotonic() > deadline:
            sys.exit(f"waited for {seconds} s, in vain")
        time.sleep(0.02)


def peak_memory(pid):
    """Peak resident memory of a process, in MiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def fill(path, gib):
    """Makes a disk of noise, unless it is there."""
    if os.path.exists(path) and os.path.getsize(path) == gib << 30:
        return
    with open("/dev/urandom", "rb") as source, open(path, "wb") as out:
        for _ in range(gib * 1024):
            out.write(source.read(MIB))


def fio(uri, seconds, load):
    """Random writes of 4 KiB: how many a second, mean and 99th percentile of their latency in ms. Fails if one of them does."""
    command = ["fio", "--name=load", "--ioengine=nbd", f"--uri={uri}", "--rw=randwrite", "--bs=4k", "--iodepth=16"]
    command += [f"--runtime={seconds}", "--time_based", "--output-format=json", *load]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    write = json.loads(text[text.index("{") :])["jobs"][0]["write"]
    latency = write["clat_ns"]
    return write["iops"], latency["mean"] / 1e6, latency["percentile"]["99.000000"] / 1e6


def first_byte(path, export, offset):
    """Milliseconds from connecting to the first byte of a read."""
    start = time.monotonic()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        stream = client.makefile("rwb")
        stream.read(18)
        stream.write(struct.pack(">IQII", 3, 0x49484156454F5054, 1, len(export)) + export.encode())
        stream.flush()
        stream.read(10)
        stream.write(struct.pack(">IHHQQI", 0x25609513, 0, 0, 1, offset, 1))
        stream.flush()
        stream.read(17)
        return (time.monotonic() - start) * 1000


class Hikae:
    """The platform in a home of its own. Generations stay on `medium`."""

    def __init__(self, folder):
        self.home = f"{folder}/home"
        self.medium = f"{folder}/medium"
        self.server = None
        self.command(["medium", "add", "medium", "directory", self.medium])

    def line(self, command):
        """A command for a shell."""
        return f"'{TOP}/hikae' --home '{self.home}' {command}"

    def command(self, words):
        return quiet(f"{TOP}/hikae", "--home", self.home, *words)

    def serve(self):
        self.server = subprocess.Popen([f"{TOP}/hikae", "--home", self.home, "serve"], stdout=subprocess.DEVNULL)
        wait_until(lambda: os.path.exists(f"{self.home}/nbd.sock"), self.server)

    def uri(self, disk):
        return f"nbd+unix:///{disk}?socket={self.home}/nbd.sock"

    def stop(self):
        if self.server is not None:
            self.server.terminate()
            self.server.wait()


class StorageDaemon:
    """QEMU's storage daemon, which exports a disk for writing and is told what to do."""

    def __init__(self, folder, disk):
        self.folder = folder
        self.uri = f"nbd+unix:///disk?socket={folder}/qemu-nbd.sock"
        self.control = f"{folder}/qmp.sock"
        self.events = []
        for path in (self.control, f"{folder}/qemu-nbd.sock"):
            clear(path)
        self.process = subprocess.Popen(
            ["qemu-storage-daemon", "--chardev", f"socket,id=c,path={self.control},server=on,wait=off"]
            + ["--monitor", "chardev=c", "--nbd-server", f"addr.type=unix,addr.path={folder}/qemu-nbd.sock"]
            + ["--blockdev", f"driver=raw,node-name=disk,discard=unmap,file.driver=file,file.filename={disk}"]
            + ["--export", "type=nbd,id=e,node-name=disk,name=disk,writable=on"]
        )
        wait_until(lambda: os.path.exists(self.control), self.process)
        self.client = socket.socket(socket.AF_UNIX)
        self.client.connect(self.control)
        self.stream = self.client.makefile("rw")
        self.stream.readline()
        self.ask("qmp_capabilities")

    def ask(self, command, **arguments):
        arguments = {name.replace("_", "-"): value for name, value in arguments.items()}
        self.stream.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.stream.flush()
        while True:
            answer = json.loads(self.stream.readline())
            if "error" in answer:
                raise SystemExit(f"QEMU: {command}: {answer['error']}")
            if "return" in answer:
                return answer["return"]
            self.events.append(answer.get("event"))

    def await_event(self, *names):
        while not any(name in self.events for name in names):
            self.events.append(json.loads(self.stream.readline()).get("event"))
        self.events.clear()

    def stop(self):
        self.client.close()
        self.process.terminate()
        self.process.wait()


class Mounted:
    """An NBD export as a mounted file system: FUSE makes it a file, a loop device lies on that."""

    def __init__(self, uri, folder, size):
        self.folder, self.file = f"{folder}/mnt", f"{folder}/export"
        os.makedirs(self.folder, exist_ok=True)
        open(self.file, "w").close()
        self.fuse = subprocess.Popen(["nbdfuse", self.file, uri])
        wait_until(lambda: os.path.getsize(self.file) == size, self.fuse)
        self.loop = quiet("losetup", "-f", "--show", "--direct-io=on", self.file).strip()
        quiet("mount", "-o", "discard", self.loop, self.folder)

    def close(self):
        quiet("umount", self.folder)
        quiet("losetup", "-d", self.loop)
        quiet("umount", self.file)
        self.fuse.wait()


class Figures:
    """Rows of figures by program; medians are printed as a table."""

    def __init__(self, *columns):
        self.columns = columns
        self.rows = {}

    def add(self, program, *row):
        self.rows.setdefault(program, []).append(row)
        text = ", ".join(f"{name} {value:.2f}" for name, value in zip(self.columns, row))
        print(f"  {program}: {text}", file=sys.stderr, flush=True)

    def print(self):
        widths = [max(len(name), 10) for name in self.columns]
        print(f"{'program':24}" + "".join(f"{name:>{w + 2}}" for name, w in zip(self.columns, widths)) + f"{'least-most':>16}")
        for program, rows in self.rows.items():
            medians = [statistics.median(column) for column in zip(*rows)]
            firsts = [row[0] for row in rows]
            spread = f"{min(firsts):.2f}-{max(firsts):.2f}"
            print(f"{program:24}" + "".join(f"{m:{w + 2}.2f}" for m, w in zip(medians, widths)) + f"{spread:>16}", flush=True)
