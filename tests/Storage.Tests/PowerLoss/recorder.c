/*
 * Loaded with LD_PRELOAD, records what a process does to the files of one folder: each write, truncation, flush, rename and deletion, in
 * the order in which it took effect. From this record, PowerLossTests creates the possible states of the folder after a power loss at any
 * moment.
 *
 * RECORD_FOLDER is the folder, RECORD_LOG the output file. Format of an event: a letter, the inode (8 bytes), an offset (8), a length (4),
 * and that many bytes; integers in the machine's byte order. A call that could change a file but is not recorded aborts the process, so
 * that no test passes on an incomplete record.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 65536
#define NEXT(name) ((__typeof__(&name))next(#name))

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static size_t folder_length;
static struct stat folder_stat;
static int record = -1;
static uint64_t inodes[FILES]; /* by file descriptor; 0: not recorded */

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static void fail(const char *what) {
    fprintf(stderr, "recorder: %s\n", what);
    abort();
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("RECORD_FOLDER"), *log = getenv("RECORD_LOG");
    if (name == NULL || log == NULL || strlen(name) >= sizeof folder || stat(name, &folder_stat) != 0) return;
    strcpy(folder, name);
    folder_length = strlen(folder);
    record = NEXT(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (record < 0) fail("the record cannot be opened");
}

/* The name within the folder; "" for the folder itself, NULL for paths outside. */
static const char *inside(const char *path) {
    if (record < 0 || path == NULL || strncmp(path, folder, folder_length) != 0) return NULL;
    path += folder_length;
    return *path == '/' ? path + 1 : *path == 0 ? path : NULL;
}

static int recorded(int fd) { return fd >= 0 && fd < FILES && inodes[fd] != 0; }

static void put(char kind, uint64_t inode, int64_t at, const void *bytes, int32_t length) {
    char head[21];
    head[0] = kind;
    memcpy(head + 1, &inode, 8);
    memcpy(head + 9, &at, 8);
    memcpy(head + 17, &length, 4);
    struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, (size_t)length}};
    if (NEXT(writev)(record, parts, 2) != (ssize_t)(sizeof head + (size_t)length)) fail("the record cannot be written");
}

static int opened(const char *path, int flags, mode_t mode) {
    const char *name = inside(path);
    if (name == NULL) return NEXT(open)(path, flags, mode);
    pthread_mutex_lock(&gate);
    struct stat before, after;
    int existed = stat(path, &before) == 0;
    int fd = NEXT(open)(path, flags, mode);
    if (fd >= FILES) fail("too many files");
    if (fd >= 0 && fstat(fd, &after) == 0) {
        inodes[fd] = after.st_ino;
        if (!existed) put('C', after.st_ino, 0, name, (int32_t)strlen(name));
        if (existed && (flags & O_TRUNC) && S_ISREG(after.st_mode)) put('T', after.st_ino, 0, "", 0);
    }
    pthread_mutex_unlock(&gate);
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened(path, flags | O_LARGEFILE, mode);
}

int close(int fd) {
    if (!recorded(fd)) return NEXT(close)(fd);
    pthread_mutex_lock(&gate);
    inodes[fd] = 0;
    int result = NEXT(close)(fd);
    pthread_mutex_unlock(&gate);
    return result;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    if (!recorded(fd)) return NEXT(pwrite64)(fd, bytes, count, at);
    pthread_mutex_lock(&gate);
    ssize_t done = NEXT(pwrite64)(fd, bytes, count, at);
    if (done > 0) put('W', inodes[fd], at, bytes, (int32_t)done);
    pthread_mutex_unlock(&gate);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

ssize_t write(int fd, const void *bytes, size_t count) {
    if (!recorded(fd)) return NEXT(write)(fd, bytes, count);
    pthread_mutex_lock(&gate);
    ssize_t done = NEXT(write)(fd, bytes, count);
    if (done > 0) put('W', inodes[fd], lseek(fd, 0, SEEK_CUR) - done, bytes, (int32_t)done);
    pthread_mutex_unlock(&gate);
    return done;
}

int ftruncate64(int fd, off64_t length) {
    if (!recorded(fd)) return NEXT(ftruncate64)(fd, length);
    pthread_mutex_lock(&gate);
    int result = NEXT(ftruncate64)(fd, length);
    if (result == 0) put('T', inodes[fd], length, "", 0);
    pthread_mutex_unlock(&gate);
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/*
 * Records 'S' for a file, 'D' for the folder, even if it was opened by another path. Flushes under the lock, so that the record shows which
 * writes preceded the flush.
 */
static int flushed(int fd, int (*flush)(int)) {
    struct stat status;
    int of_folder = record >= 0 && fstat(fd, &status) == 0 && status.st_ino == folder_stat.st_ino && status.st_dev == folder_stat.st_dev;
    if (!of_folder && !recorded(fd)) return flush(fd);
    pthread_mutex_lock(&gate);
    int result = flush(fd);
    if (result == 0) put(of_folder ? 'D' : 'S', of_folder ? 0 : inodes[fd], 0, "", 0);
    pthread_mutex_unlock(&gate);
    return result;
}

int fsync(int fd) { return flushed(fd, NEXT(fsync)); }

int fdatasync(int fd) { return flushed(fd, NEXT(fdatasync)); }

int unlink(const char *path) {
    const char *name = inside(path);
    if (name == NULL) return NEXT(unlink)(path);
    pthread_mutex_lock(&gate);
    int result = NEXT(unlink)(path);
    if (result == 0) put('U', 0, 0, name, (int32_t)strlen(name));
    pthread_mutex_unlock(&gate);
    return result;
}

/* A new name for a file, by link or rename: the inode and the name. Removal of the old name is a separate event. */
static void named(const char *path) {
    struct stat file;
    const char *name = inside(path);
    if (name == NULL || stat(path, &file) != 0) fail("a file is moved out of the folder");
    put('N', file.st_ino, 0, name, (int32_t)strlen(name));
}

int rename(const char *from, const char *to) {
    const char *name = inside(from);
    if (name == NULL && inside(to) == NULL) return NEXT(rename)(from, to);
    if (name == NULL) fail("a file is moved into the folder");
    pthread_mutex_lock(&gate);
    int result = NEXT(rename)(from, to);
    if (result == 0) {
        named(to);
        put('U', 0, 0, name, (int32_t)strlen(name));
    }
    pthread_mutex_unlock(&gate);
    return result;
}

int link(const char *from, const char *to) {
    if (inside(from) == NULL && inside(to) == NULL) return NEXT(link)(from, to);
    pthread_mutex_lock(&gate);
    int result = NEXT(link)(from, to);
    if (result == 0) named(to);
    pthread_mutex_unlock(&gate);
    return result;
}

/* Other calls that write. No store uses them, so they are not recorded. */
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    if (recorded(fd)) fail("pwritev is not recorded");
    return NEXT(pwritev64)(fd, parts, count, at);
}

int fallocate64(int fd, int mode, off64_t at, off64_t length) {
    if (recorded(fd)) fail("fallocate is not recorded");
    return NEXT(fallocate64)(fd, mode, at, length);
}
