import { collaboration } from './fidelity/collaboration.js';
import { playAll } from './fidelity/play.js';
import { people } from './fidelity/scenarios/people.js';

const desk = collaboration();
playAll('people', people(desk), desk.start);
