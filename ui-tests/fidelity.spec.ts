import { test } from '@playwright/test';
import { playAll } from './fidelity/play.js';
import { ALL } from './fidelity/scenarios/index.js';

test.describe.configure({ mode: 'parallel' });

playAll('fidelity', ALL);
