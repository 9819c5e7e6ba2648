// The same loop as main/engine/columns/scan/kernel.ts, for comparison: a run's gains in every scenario, its worst loss or its
// minimum charge, its worth. Reads the columns from the file that is named, then runs once for each line on its input and
// prints the seconds.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void *take(FILE *file, size_t bytes) {
  void *block = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (fread(block, 1, bytes, file) != bytes) exit(1);
  return block;
}

int main(int count, char **arguments) {
  FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
  int32_t head[4]; // instruments, positions, runs, 32
  if (!file || fread(head, 4, 4, file) != 4 || head[3] != 32) return 1;
  const int32_t runs = head[2];
  double *rows = take(file, (size_t)head[0] * 32 * 8);
  double *minimum = take(file, (size_t)head[0] * 8);
  double *quantity = take(file, (size_t)head[1] * 8);
  int32_t *instrument = take(file, (size_t)head[1] * 4);
  int32_t *start = take(file, ((size_t)runs + 1) * 4);
  double *requirement = malloc((size_t)runs * 8), *worth = malloc((size_t)runs * 8);
  char line[16];
  while (fgets(line, sizeof line, stdin)) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int32_t run = 0; run < runs; run++) {
      double gains[32] = {0};
      double charge = 0;
      for (int32_t at = start[run]; at < start[run + 1]; at++) {
        const double held = quantity[at];
        const double *row = rows + (size_t)instrument[at] * 32;
        for (int scenario = 0; scenario < 32; scenario++) gains[scenario] += held * row[scenario];
        charge += fabs(held) * minimum[instrument[at]];
      }
      double least = 0;
      for (int scenario = 0; scenario < 31; scenario++) least = gains[scenario] < least ? gains[scenario] : least;
      requirement[run] = -least > charge ? -least : charge;
      worth[run] = gains[31];
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double total = 0;
    for (int32_t run = 0; run < runs; run++) total += requirement[run];
    printf("%.9f %.0f\n", (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9, total);
    fflush(stdout);
  }
  return 0;
}
