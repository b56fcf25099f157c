// Extended attributes, which Swift's Glibc module leaves out. Darwin's are in its own module.
#pragma once
#ifdef __linux__
#include <sys/xattr.h>
#endif
