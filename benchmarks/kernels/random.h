// The same counter-based numbers as PEL's uniform01.
#include <stdint.h>
static inline uint64_t bits(uint64_t seed, uint64_t i) {
  uint64_t z = seed * 0xD1342543DE82EF95u + (i + 1) * 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
static inline double uniform01(uint64_t seed, uint64_t i) { return (double)(bits(seed, i) >> 11) * 0x1p-53; }
