import { type Detector } from '../detector.js';
import { excessiveFailures } from './excessive-failures.js';
import { firstUse } from './first-use.js';
import { policyAccess } from './policy-access.js';
import { unreadCode } from './unread-code.js';
import { unusualHour, unusualVolume } from './unusual-patterns.js';

/** Every way of looking. */
export const DETECTORS: readonly Detector[] = [
  excessiveFailures,
  policyAccess,
  unusualHour,
  unusualVolume,
  firstUse,
  unreadCode
];
