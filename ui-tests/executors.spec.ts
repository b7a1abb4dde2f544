import { test } from '@playwright/test';
import { beside, install, NBMODEL } from './fidelity/neighbours.js';
import { playAll } from './fidelity/play.js';
import { celltrail, type StartRecorder } from './fidelity/recorder.js';
import { agents, connections, executors, servers } from './fidelity/scenarios/executors.js';

// Labs in which other extensions are at work beside ours, which the other scenarios must not meet.

const withOthers: StartRecorder = (folder, env) => {
  install(folder, ['other-executor', 'other-connections', 'agent'], [NBMODEL]);
  return celltrail(folder, { ...env, ...beside() });
};

const withServersExecutor: StartRecorder = (folder, env) => celltrail(folder, { ...env, ...beside() });

test.describe('beside other extensions', () => {
  playAll('beside other extensions', [...executors, ...connections, ...agents], withOthers);
});

test.describe('beside jupyter-server-nbmodel', () => {
  playAll('beside jupyter-server-nbmodel', servers, withServersExecutor);
});
