// What Swift's Glibc module leaves out: extended attributes, and a rename that swaps or replaces nothing. Darwin has both
// in its own module.
#pragma once
#ifdef __linux__
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

// The flags of rename(2) in linux/fs.h. By number, because musl has no function for it.
static const unsigned int clawdtalk_rename_noreplace = 1;
static const unsigned int clawdtalk_rename_exchange = 2;

static inline int clawdtalk_renameat2(const char *from, const char *to, unsigned int flags) {
  return (int)syscall(SYS_renameat2, -100 /* AT_FDCWD */, from, -100, to, flags);
}
#endif
