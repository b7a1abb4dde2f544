// Written for any Node since 12, because an old one must be able to read it.

/** The oldest Node that all our packages run on: major and minor. */
export const OLDEST_NODE = [20, 19];

/**
 * Whether a version is at least another.
 * @param {string} version as `20.19.1`
 * @param {number[]} oldest major, minor
 * @returns {boolean}
 */
export function isAtLeast(version, oldest) {
  const parts = version.split('.').map(Number);
  for (let at = 0; at < oldest.length; at++) {
    if ((parts[at] || 0) !== oldest[at]) return (parts[at] || 0) > oldest[at];
  }
  return true;
}

/**
 * What to say about a Node, or nothing when it will do.
 * @param {string} version as `process.versions.node`
 * @returns {string}
 */
export function nodeFault(version) {
  if (isAtLeast(version, OLDEST_NODE)) return '';
  const oldest = OLDEST_NODE.join('.');
  return `Node ${version} is too old: Celltrail needs ${oldest} or later.\nInstall a current Node from nodejs.org, or with your version manager: nvm install 22`;
}

/**
 * Ends the process with a message when this Node is too old.
 * @param {string} version
 */
export function checkNode(version) {
  const fault = nodeFault(version);
  if (!fault) return;
  console.error('\n' + fault + '\n');
  process.exit(1);
}
