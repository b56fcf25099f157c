// glibc's malloc_trim, which Swift's Glibc module leaves out. Darwin has another call for it, in its own module.
#pragma once
#ifdef __linux__
#include <malloc.h>
#endif
