import { lab } from './lab.js';
import { portal } from './portal.js';
import { problems } from './problems.js';
import { review } from './review.js';
import { terms } from './terms.js';

/** All words of this language. */
export const fa = { ...terms, ...lab, ...portal, ...problems, ...review } as const;
