import { config } from 'zod';

// zod tries out whether it may compile code, which the page's content policy forbids and reports. Told not to try, it
// doesn't. This file must be the first import of main.tsx: shared schemas are made while they are being imported.
config({ jitless: true });
