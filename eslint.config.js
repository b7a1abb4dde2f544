import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

const ours = [
  'protocol/**/*.ts',
  'src/**/*.{ts,tsx}',
  'server/**/*.ts',
  'migrations/**/*.ts',
  'dashboard/**/*.{ts,tsx}',
  'ui-tests/**/*.ts',
  'bench/**/*.ts'
];

export default ts.config(
  {
    ignores: [
      '**/lib/',
      '**/node_modules/',
      'server/public/',
      'jupyterlab_celltrail/labextension/',
      'dist/',
      '**/.venv/',
      '.celltrail/',
      'ui-tests/results/'
    ]
  },
  js.configs.recommended,
  {
    files: ours,
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } }
  },
  {
    files: ours,
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }]
    }
  },
  {
    // `import { type A } from 'b'` still imports b; the outbox's thread, where Lab's shared packages are not, would not start.
    files: ['src/**/*.ts'],
    rules: { '@typescript-eslint/no-import-type-side-effects': 'error' }
  },
  {
    // The environment is read once, in server/config.ts; rooms get values.
    files: ['server/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['server/config.ts', 'server/test/**', 'server/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Read the environment in server/config.ts only.'
        }
      ]
    }
  },
  {
    files: ['**/*.{tsx,ts}'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' }
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', '**/test/**', 'ui-tests/**', 'bench/**'],
    rules: { 'max-lines-per-function': 'off' }
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } }
);
