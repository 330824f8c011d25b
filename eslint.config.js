import tseslint from 'typescript-eslint';

// Biome does the rest; these rules need types.
export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'src/store/generated/', 'src/store/generated-postgresql/'] },
  {
    files: ['{src,tests,prisma,build}/**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    },
  },
  {
    // A listener of a page may be async: what it rejects with reaches the browser's console.
    files: ['src/browser/**'],
    rules: {
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false } },
      ],
    },
  },
);
