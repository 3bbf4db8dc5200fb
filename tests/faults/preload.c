/* Loaded before libc (LD_PRELOAD) into a process that keeps a record: writes down, in order and with
   what was written, all that it does to the files under one folder, and can make flushing fail,
   wait or take long. Everything is passed on to libc. Linux; built by the tests.

   A note: kind, length of path, path, offset, length of data, data; whole numbers of 8 bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char under[4096];
static size_t under_length;
static int notes = -1;

/* Set by the test through ctypes. */
volatile int fail_flushes = 0;   /* how many of the next flushes of a log fail; -1: all */
volatile int slow_flushes_ms = 0; /* how long each flush of a log takes */
volatile int hold_flushes = 0;   /* while it is set, no flush of a log comes to its end */
volatile int held_flushes = 0;   /* how many wait for that just now */
volatile int flushes = 0;        /* of a log, counted */

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("FAULTS_UNDER"), *to = getenv("FAULTS_NOTES");
  if (folder == NULL) return;
  snprintf(under, sizeof under, "%s/", folder);
  under_length = strlen(under);
  if (to != NULL)
    notes = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ends(const char *path, const char *ending) {
  size_t length = strlen(path), tail = strlen(ending);
  return length >= tail && strcmp(path + length - tail, ending) == 0;
}

static int ours(const char *path) {
  if (under_length == 0 || path == NULL || ends(path, "-shm")) return 0;
  return strncmp(path, under, under_length) == 0 ||
         (strlen(path) == under_length - 1 && strncmp(path, under, under_length - 1) == 0);
}

static void note(char kind, const char *path, int64_t at, const void *data, int64_t length) {
  int saved = errno;
  int64_t path_length = (int64_t)strlen(path);
  size_t size = 1 + 8 + (size_t)path_length + 8 + 8 + (size_t)length;
  char *all = malloc(size), *p = all;
  if (notes < 0 || all == NULL) { free(all); errno = saved; return; }
  *p++ = kind;
  memcpy(p, &path_length, 8); p += 8;
  memcpy(p, path, (size_t)path_length); p += path_length;
  memcpy(p, &at, 8); p += 8;
  memcpy(p, &length, 8); p += 8;
  if (length > 0) memcpy(p, data, (size_t)length);
  if (syscall(SYS_write, notes, all, size) != (long)size) abort();
  free(all);
  errno = saved;
}

/* Where a file lies by now, by its number. */
static int place(int fd, char *path, size_t size) {
  char link[64];
  int saved = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  errno = saved;
  if (length < 0) return 0;
  path[length] = 0;
  return ours(path);
}

static int full(int folder, const char *path, char *out, size_t size) {
  if (path[0] == '/' || folder == AT_FDCWD) { snprintf(out, size, "%s", path); return ours(out); }
  char at[4096];
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  ssize_t length = readlink(link, at, sizeof at - 1);
  if (length < 0) return 0;
  at[length] = 0;
  if (snprintf(out, size, "%s/%s", at, path) >= (int)size) return 0;
  return ours(out);
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
  char where[8192];
  struct stat seen;
  int saved = errno, mine = full(folder, path, where, sizeof where);
  int there = mine && stat(where, &seen) == 0;
  errno = saved;
  int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
  if (fd >= 0 && mine && (flags & O_CREAT) && !there) note('C', where, 0, NULL, 0);
  if (fd >= 0 && mine && (flags & O_TRUNC) && there) note('T', where, 0, NULL, 0);
  return fd;
}

#define MODE(flags, last) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list more; va_start(more, last); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, flags) return opened(at, path, flags, mode); }

static ssize_t put(int fd, const void *data, size_t size, off_t at) {
  char where[4096];
  ssize_t done = (ssize_t)syscall(SYS_pwrite64, fd, data, size, at);
  if (done > 0 && place(fd, where, sizeof where)) note('W', where, at, data, done);
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at); }

ssize_t write(int fd, const void *data, size_t size) {
  char where[4096];
  int mine = under_length && fd != notes && place(fd, where, sizeof where);
  int saved = errno;
  off_t at = mine ? lseek(fd, 0, SEEK_CUR) : 0;
  errno = saved;
  ssize_t done = (ssize_t)syscall(SYS_write, fd, data, size);
  if (done > 0 && mine) note('W', where, at, data, done);
  return done;
}

static int cut(int fd, off_t size) {
  char where[4096];
  int done = (int)syscall(SYS_ftruncate, fd, size);
  if (done == 0 && place(fd, where, sizeof where)) note('T', where, size, NULL, 0);
  return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off_t size) { return cut(fd, size); }

static void rest(long ms) {
  struct timespec so_long = {ms / 1000, (ms % 1000) * 1000000L};
  nanosleep(&so_long, NULL);
}

static int flush(int fd, long call) {
  char where[4096];
  if (!place(fd, where, sizeof where)) return (int)syscall(call, fd);
  if (ends(where, "-wal")) {
    flushes++;
    __sync_fetch_and_add(&held_flushes, 1);
    while (hold_flushes) rest(1);
    __sync_fetch_and_sub(&held_flushes, 1);
    if (slow_flushes_ms > 0) rest(slow_flushes_ms);
    if (fail_flushes != 0) {
      if (fail_flushes > 0) fail_flushes--;
      errno = EIO;
      return -1;
    }
  }
  int done = (int)syscall(call, fd);
  if (done == 0) note('S', where, 0, NULL, 0);
  return done;
}
int fsync(int fd) { return flush(fd, SYS_fsync); }
int fdatasync(int fd) { return flush(fd, SYS_fdatasync); }

static int gone(int folder, const char *path, int flags) {
  char where[8192];
  int mine = full(folder, path, where, sizeof where);
  int done = (int)syscall(SYS_unlinkat, folder, path, flags);
  if (done == 0 && mine) note('U', where, 0, NULL, 0);
  return done;
}
int unlink(const char *path) { return gone(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return gone(folder, path, flags); }
int rmdir(const char *path) { return gone(AT_FDCWD, path, AT_REMOVEDIR); }

int rename(const char *from, const char *to) {
  int done = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  if (done == 0 && ours(from)) note('R', from, 0, to, (int64_t)strlen(to));
  return done;
}
