# Makes a file system, writes to it while it is mounted, and copies the image as it is then: what was committed is in its
# journal, and not in its place. Usage: busy.sh FOLDER MKFS-OPTIONS MOUNT-OPTIONS
set -eu
cd "$1"
rm -f image copy
truncate -s 64M image
mkfs.ext4 -q -F $2 image
mkdir -p mount
# Nothing is committed but what is asked for.
mount -o "loop,commit=300${3:+,$3}" image mount
trap 'cd "$1"; umount mount' EXIT
cd mount
mkdir d1 d2
for i in $(seq 300); do echo "$i" >"d1/file$i"; done
sync d1
# Looks like the journal's own.
printf '\xc0\x3b\x39\x98escaped' >escaped
head -c 200000 /dev/zero >>escaped
sync escaped
# Blocks of directories become those of files: they must not be replayed.
rm -r d1
sync .
mkdir d3
for i in $(seq 100); do head -c $((i * 100)) /dev/urandom >"d3/f$i"; done
mv d3 d2/moved
ln -s target link
sync d2
fallocate -l 3M reserved 2>/dev/null || head -c 3M /dev/zero >reserved
head -c 5000 /dev/urandom >last
sync last
rm -r d2/moved/f1*
echo uncommitted >lost
cp --sparse=always ../image ../copy
