import { lab } from './lab.js';
import { portal } from './portal.js';
import { problems } from './problems.js';
import { review } from './review.js';
import { terms } from './terms.js';

/** All words of this language. */
export const en = { ...terms, ...lab, ...portal, ...problems, ...review } as const;
