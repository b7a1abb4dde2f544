// Which room may import which (see CONTRIBUTING.md). No exceptions: where a rule is in the way, the code is in the wrong room.
/** Files that are functions of values: no I/O, no clock, no framework. */
const PURE = [
  '^src/capture/(fold|seen|run|signs|gaps|rules|times|traceback|footprint)\\.ts$',
  '^src/(standing|tokens)\\.ts$',
  '^src/outbox/(queue|sizes|backoff|verdict|state|body|entry|bounds|held|messages)\\.ts$',
  '^src/statusbar/words\\.ts$',
  '^src/banner/(text|starts)\\.ts$',
  '^server/ingest/(clean|masking|settle|storable|moment)\\.ts$',
  '^server/ledger/(canonical|merkle|note|seal)\\.ts$',
  '^server/formats/'
];
const TESTS = '\\.test\\.tsx?$|^server/test/|^src/[^/]+/test/|^ui-tests/|^bench/';
const PLUGINS = '^src/([^/]+)/';
const use = (from, ...to) => ({
  name: `${from} imports only ${to.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^server/${from}/`, pathNot: TESTS },
  to: {
    path: '^(server|src|dashboard|migrations)/',
    pathNot: [`^server/${from}/`, '^server/(log|problems|version)\\.ts$', ...to.map(room => `^server/${room}`)]
  }
});
module.exports = {
  forbidden: [
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything resolves', severity: 'error', from: { pathNot: TESTS }, to: { couldNotResolve: true } },
    {
      name: 'protocol imports nothing of ours',
      severity: 'error',
      from: { path: '^protocol/', pathNot: TESTS },
      to: { path: '^(src|server|dashboard|migrations)/' }
    },
    {
      name: 'migrations import nothing of ours',
      severity: 'error',
      from: { path: '^migrations/', pathNot: TESTS },
      to: { path: '^(src|server|dashboard|protocol)/' }
    },
    {
      name: 'browser code never imports the server',
      severity: 'error',
      from: { path: '^(src|dashboard)/', pathNot: TESTS },
      to: { path: '^(server|migrations)/' }
    },
    {
      name: 'extension and dashboard are strangers',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^dashboard/' }
    },
    {
      name: 'dashboard and extension are strangers',
      severity: 'error',
      from: { path: '^dashboard/' },
      to: { path: '^src/' }
    },
    {
      name: 'browser code brings no zod',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^protocol/schemas', dependencyTypesNot: ['type-only'] }
    },
    {
      name: 'a plugin never imports another plugin',
      severity: 'error',
      from: { path: PLUGINS, pathNot: TESTS },
      to: { path: '^src/[^/]+/', pathNot: '^src/$1/' }
    },
    {
      name: 'a screen never imports another screen',
      severity: 'error',
      from: { path: '^dashboard/screens/([^/]+)/' },
      to: { path: '^dashboard/screens/[^/]+/', pathNot: '^dashboard/screens/$1/' }
    },
    {
      name: 'pure files import pure files',
      severity: 'error',
      from: { path: PURE, pathNot: TESTS },
      to: { path: '^(src|server|dashboard|migrations)/', pathNot: PURE }
    },
    {
      name: 'pure files do no I/O',
      severity: 'error',
      from: { path: PURE, pathNot: TESTS },
      to: { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|timers|os)' }
    },
    use('http', 'identity', 'live', 'ingest', 'answers', 'anomalies', 'archive', 'operations', 'ledger'),
    use('ingest', 'store', 'formats', 'ledger/seal'),
    use('ledger', 'store', 'formats'),
    use('answers', 'store', 'formats'),
    use('operations', 'store', 'formats'),
    use('archive', 'store', 'formats', 'ledger'),
    use('anomalies', 'store', 'formats', 'follow'),
    use('identity', 'store'),
    use('live', 'store'),
    use('follow', 'store'),
    {
      ...use('store'),
      to: { path: '^(server|src|dashboard)/', pathNot: ['^server/store/', '^server/(log|problems|version)\\.ts$'] }
    },
    {
      name: 'nothing imports a composition root',
      severity: 'error',
      from: { pathNot: `${TESTS}|^server/(cli|bin)/` },
      to: { path: '^server/(main\\.ts|cli/)' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(lib|public|node_modules|results)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default']
    }
  }
};
