import { API_SCOPES } from '#lib/sharing/scopes.ts';
import { RATE_PER_MINUTE } from './keys.ts';

type Schema = Readonly<Record<string, unknown>>;
const text: Schema = { type: 'string' };
const maybe = (schema: Schema): Schema => ({ ...schema, type: [schema.type, 'null'] });
const day: Schema = { type: 'string', format: 'date' };
const uuid: Schema = { type: 'string', format: 'uuid' };
const count: Schema = { type: 'integer', minimum: 0 };
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
	type: 'object',
	properties,
	required: Object.keys(properties)
});

const SETS: Readonly<Record<string, { summary: string; row: Schema; query?: readonly Schema[] }>> = {
	units: {
		summary: 'Cơ quan, đơn vị',
		row: object({ id: uuid, code: text, name: text, type: text, parentCode: maybe(text), validFrom: day })
	},
	people: {
		summary: 'Báo cáo viên pháp luật, tuyên truyền viên pháp luật, cán bộ tham mưu',
		query: [{ name: 'category', in: 'query', schema: text, description: 'legal_rapporteur, legal_propagandist, …' }],
		row: {
			...object({
				...{ id: uuid, fullName: text, birthYear: maybe(count), gender: maybe(text), position: maybe(text) },
				...{ unitCode: text, categories: list({ type: 'object' }), trainedOn: maybe(day) }
			}),
			description: '`personalNumber` is there only for keys with the scope people.personal_number.'
		}
	},
	courses: {
		summary: 'Khóa học trực tuyến',
		row: object({
			...{ id: uuid, code: text, title: text, summary: text, teachingPeriods: { type: 'number' } },
			...{ audience: list(text), topics: list(text), unitCode: text, version: count },
			publishedAt: maybe({ type: 'string', format: 'date-time' })
		})
	},
	activities: {
		summary: 'Hội nghị tập huấn (trực tuyến, trực tiếp)',
		query: [{ name: 'changedSince', in: 'query', schema: day, description: 'entered on this day or later' }],
		row: object({
			...{ id: uuid, title: text, kind: text, source: text, mode: text, organiserCode: text, status: text },
			form: { type: 'string', enum: ['trực tuyến', 'trực tiếp'] },
			...{ documentNo: maybe(text), documentDate: maybe(day), startsOn: day, dueOn: day, endedOn: maybe(day) },
			...{ teachingPeriods: { type: 'number' }, topics: list(text), legalFields: list(text), audience: list(text) },
			...{ stateBudgetVnd: maybe(text), otherFundsVnd: maybe(text) },
			...{ summoned: count, attended: count, completed: count, completedInNumbers: count }
		})
	},
	indicators: {
		summary: 'Tỷ lệ được tập huấn, tỷ lệ hoạt động tập huấn trực tuyến, theo quy tắc của trang chỉ tiêu',
		query: [
			{ name: 'unit', in: 'query', schema: text, description: 'code of a unit within the key’s' },
			{ name: 'cutoff', in: 'query', schema: day }
		],
		row: {
			...object({
				...{ indicator: text, unitCode: text, stage: text, cutOff: day, part: count, whole: count },
				percent: maybe({ type: 'number' })
			}),
			description: 'percent is null where there is nothing to count (Không phát sinh); it is rounded down.'
		}
	}
};

const PAGING: readonly Schema[] = [
	{ name: 'cursor', in: 'query', schema: uuid, description: '`next` of the page before' },
	{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 } }
];

/** The read API described for programs (OpenAPI 3.1). */
export function openApiDocument(origin: string): object {
	const problems = { $ref: '#/components/responses/Problem' };
	const paths = Object.entries(SETS).map(([name, { summary, row, query = [] }]) => {
		const body = object({ dataset: text, data: list(row), next: maybe(uuid) });
		const ok = { description: summary, content: { 'application/json': { schema: body } } };
		const answers = {
			200: ok,
			304: { description: 'Not modified' },
			400: problems,
			401: problems,
			403: problems,
			429: problems
		};
		const get = {
			...{ operationId: `list_${name}`, summary, tags: [name], security: [{ key: [] }] },
			parameters: [...query, ...(name === 'indicators' ? [] : PAGING)],
			responses: answers
		};
		return [`/${name}`, { get }];
	});
	const problem = object({ type: text, title: text, detail: text, status: count, code: text });
	return {
		openapi: '3.1.0',
		info: {
			title: 'Bục Giảng',
			version: '1.0.0',
			description: `Read only. Keys are made by the province under “Chia sẻ dữ liệu”; scopes: ${API_SCOPES.join(', ')}. ${RATE_PER_MINUTE} requests a minute. Answers carry an ETag.`
		},
		servers: [{ url: `${origin}/api/v1` }],
		paths: Object.fromEntries(paths),
		components: {
			securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
			responses: {
				Problem: {
					description: 'Problem details (RFC 9457)',
					content: { 'application/problem+json': { schema: problem } }
				}
			}
		}
	};
}
