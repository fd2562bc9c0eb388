"""An ext4 image that is really fragmented by ageing, the same each time: 100,000 small files and a few large ones.

Files are made until nine tenths of the disk are full, two thirds of them deleted at random, and so on again; the large
files grow by turns, a piece at a time, on a disk that is nearly full. The kernel lays it all out.
"""

import os
import random
import subprocess
import sys

from bench import MIB, clear, quiet

FILES = 100_000
PIECE = 256 << 10


class Content:
    """Half text, half noise; files are slices of it at any byte, so that no two chunks are the same."""

    def __init__(self, rng):
        words = ["".join(rng.choices("etaoinshrdlu", k=rng.randint(2, 9))) for _ in range(5000)]
        text = b""
        while len(text) < 32 * MIB:
            text += (" ".join(rng.choices(words, k=20000)) + "\n").encode()
        self.pools = (text, rng.randbytes(32 * MIB))
        self.rng = rng

    def small(self):
        pool = self.rng.choice(self.pools)
        size = min(int(self.rng.lognormvariate(9.6, 0.9)), 2 * MIB)
        start = self.rng.randrange(len(pool) - size)
        return pool[start : start + size]


def name_of(number):
    return f"{number % 500:03}/{number:07}"


class Ageing:
    def __init__(self, mounted, rng):
        self.mounted = mounted
        self.rng = rng
        self.content = Content(rng)
        self.alive = []
        self.next = 0
        for folder in range(500):
            os.mkdir(f"{mounted}/{folder:03}")
        os.mkdir(f"{mounted}/large")

    def used(self):
        state = os.statvfs(self.mounted)
        return 1 - state.f_bfree / state.f_blocks

    def make(self):
        with open(f"{self.mounted}/{name_of(self.next)}", "wb") as out:
            out.write(self.content.small())
        self.alive.append(self.next)
        self.next += 1

    def fill(self, share):
        while self.used() < share:
            for _ in range(200):
                self.make()

    def lengthen(self, count):
        """Files that grow when their neighbourhood is taken get their second piece elsewhere."""
        for number in self.rng.sample(self.alive, count):
            with open(f"{self.mounted}/{name_of(number)}", "ab") as out:
                out.write(self.content.small()[: 16 << 10])

    def thin(self, keep):
        self.rng.shuffle(self.alive)
        for number in self.alive[keep:]:
            os.remove(f"{self.mounted}/{name_of(number)}")
        del self.alive[keep:]

    def grow(self, pieces):
        """Eight large files, a piece at a time by turns, synced so that each piece is laid for itself."""
        for _ in range(pieces):
            for large in range(8):
                with open(f"{self.mounted}/large/{large}", "ab") as out:
                    out.write(self.rng.randbytes(PIECE))
                    os.fsync(out.fileno())

    def age(self):
        for share in (0.9, 0.9, 0.88):
            self.fill(share)
            subprocess.run(["sync", "-f", self.mounted], check=True)
            self.grow(100)
            self.lengthen(20_000)
            self.thin(FILES // 2)
        while len(self.alive) < FILES:
            self.make()


def mount(source, folder, *options):
    os.makedirs(folder, exist_ok=True)
    quiet("mount", *options, source, folder)


def make(image, gib=6):
    clear(image)
    partial = image + ".part"
    quiet("truncate", "-s", f"{gib}G", partial)
    quiet("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0,hash_seed=6d9fcd28-0a0c-4a4d-b0a1-8e1b0f3a9d11", partial)
    folder = os.path.dirname(image) + "/ageing"
    mount(partial, folder, "-o", "loop,discard")
    try:
        Ageing(folder, random.Random(6)).age()
    finally:
        quiet("umount", folder)
    os.rename(partial, image)
    report(image)


def report(image):
    """How fragmented it is: files of more than one extent, by the checker's count."""
    done = subprocess.run(["e2fsck", "-fnv", image], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(done.stdout, file=sys.stderr)


def change(mounted, rng, content):
    """Rewrites 500 of the small files and 64 MiB in the large ones."""
    for folder in rng.sample(range(500), 50):
        names = sorted(os.listdir(f"{mounted}/{folder:03}"))
        for name in rng.sample(names, min(10, len(names))):
            with open(f"{mounted}/{folder:03}/{name}", "wb") as out:
                out.write(content.small())
    with open(f"{mounted}/large/{rng.randrange(8)}", "r+b") as out:
        out.seek(rng.randrange(16) * MIB)
        for _ in range(64):
            out.write(rng.randbytes(MIB))
    subprocess.run(["sync", "-f", mounted], check=True)
