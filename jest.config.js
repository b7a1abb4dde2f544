// Two projects: what runs in a browser (jsdom) and what runs in Node. Both compile with swc, types are checked by tsc.
const swc = jsx => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: jsx },
      target: 'es2022',
      transform: { react: { runtime: 'automatic' } }
    },
    module: { type: 'commonjs' }
  }
];
const esm = [
  '@celltrail',
  '@codemirror',
  '@jupyter',
  '@jupyterlab',
  '@lezer',
  '@lumino',
  '@marijn',
  '@microsoft',
  '@noble',
  '@rjsf',
  'crelt',
  'd3.*',
  'exenv-es6',
  'hyparquet',
  'hyparquet-writer',
  'idb',
  'internmap',
  'delaunator',
  'robust-predicates',
  'jose',
  'lib0',
  'lodash-es',
  'marked',
  'nanoid',
  'style-mod',
  'uuid',
  'vscode-ws-jsonrpc',
  'w3c-keyname',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');
const shared = {
  modulePathIgnorePatterns: [
    '<rootDir>/jupyterlab_celltrail/',
    '<rootDir>/(.*/)?lib/',
    '<rootDir>/server/public',
    '<rootDir>/dist',
    '<rootDir>/.celltrail'
  ],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@celltrail/protocol$': '<rootDir>/protocol/index.ts',
    '^@celltrail/protocol/(schemas|client)$': '<rootDir>/protocol/$1.ts',
    '^@celltrail/protocol/locales$': '<rootDir>/protocol/locales/index.ts',
    '\\.(css|svg)$': '<rootDir>/scripts/jest/empty.cjs'
  },
  transform: { '\\.tsx$': swc(true), '\\.ts$': swc(false), '\\.m?js$': swc(false) },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`]
};
export default {
  // A loaded machine takes its time to make a database and a server: a hook that is given up leaves both behind.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'browser',
      testEnvironment: 'jsdom',
      roots: ['<rootDir>/src', '<rootDir>/dashboard'],
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
      setupFiles: ['<rootDir>/scripts/jest/browser.cjs']
    },
    {
      ...shared,
      displayName: 'pure',
      testEnvironment: 'node',
      roots: ['<rootDir>/protocol'],
      testMatch: ['**/*.test.ts']
    },
    {
      ...shared,
      displayName: 'server',
      testEnvironment: 'node',
      // A thread is started from a file of its own, which Jest compiles as little as Node does.
      moduleNameMapper: { '/thread-file\\.js$': '<rootDir>/server/test/thread-file.ts', ...shared.moduleNameMapper },
      roots: ['<rootDir>/server', '<rootDir>/migrations'],
      testMatch: ['**/*.test.ts'],
      globalSetup: '<rootDir>/server/test/start-databases.ts',
      globalTeardown: '<rootDir>/server/test/stop-databases.ts'
    }
  ]
};
