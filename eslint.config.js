import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'data/', 'static/', 'test-results/', 'playwright-report/'] },
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// Links in this product are plain paths below the site's root; there is no base path to resolve.
			'svelte/no-navigation-without-resolve': 'off',
			eqeqeq: 'error',
			'no-console': 'error',
			'no-restricted-imports': [
				'error',
				{
					name: 'drizzle-orm/pg-core',
					importNames: ['json', 'jsonb'],
					message: 'jsonb of platform/columns.ts: see there'
				}
			]
		}
	},
	{ files: ['src/entry/**', 'tests/**', 'media-pipeline/**'], rules: { 'no-console': 'off' } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	}
);
