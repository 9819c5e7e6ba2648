import { createValueStore } from '../desk/value-store.ts';

/** What stands in the quick filter of the top bar; every grid on screen follows it. */
export const filterText = createValueStore('');
