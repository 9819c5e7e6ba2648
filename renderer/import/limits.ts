/**
 * Largest file a door takes, as shared/contract.ts has it. Repeated here because importing the contract for one number
 * would bring every schema into the window; test/renderer/import holds the two equal.
 */
export const FILE_BYTES_MAX = 200 * 1024 * 1024;
