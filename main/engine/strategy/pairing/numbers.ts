/**
 * Arrays of the language itself, without holes and of one kind: what a search looks at in every step. A typed array has to
 * be asked at every look whether its memory is still there, once some memory has been handed on or grown beside it.
 * What is written into one kind is written by other lines than what is written into the other: mixed, both become slow.
 */
export function doubles(length: number): number[] {
  const array: number[] = [];
  // A half cannot be a small whole number, so that this is an array of doubles from here on; `fill` would make it another one.
  while (array.length < length) array.push(0.5);
  for (let index = 0; index < length; index += 1) array[index] = 0;
  return array;
}

/** Small whole numbers: places, indices and flags. */
export function wholes(length: number): number[] {
  const array: number[] = [];
  while (array.length < length) array.push(0);
  return array;
}

/** The same numbers as doubles. */
export function asDoubles(from: readonly number[]): number[] {
  return copyDoubles(from, doubles(from.length));
}

/** As many doubles as there is room for. */
export function copyDoubles(from: readonly number[], into: number[]): number[] {
  for (let index = 0; index < into.length; index += 1) into[index] = from[index] as number;
  return into;
}

export function copyWholes(from: readonly number[], into: number[]): number[] {
  for (let index = 0; index < into.length; index += 1) into[index] = from[index] as number;
  return into;
}
