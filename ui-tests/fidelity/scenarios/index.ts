import { type Scenario } from '../scenario.js';
import { absence } from './absence.js';
import { clients } from './clients.js';
import { code } from './code.js';
import { editing } from './editing.js';
import { files } from './files.js';
import { kernels } from './kernels.js';
import { languages } from './languages.js';
import { pages } from './pages.js';
import { running } from './running.js';

/** Every scenario of the suite, in the order of the docs' table. */
export const ALL: readonly Scenario[] = [
  ...running,
  ...editing,
  ...files,
  ...code,
  ...kernels,
  ...languages,
  ...pages,
  ...clients,
  ...absence
];
