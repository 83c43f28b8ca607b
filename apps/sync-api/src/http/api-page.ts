import { type Type, applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';

/** Describes the answer of a list: a page of `item`. */
export function ApiPage(item: Type): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      description: 'One page of the list',
      schema: {
        type: 'object',
        required: ['items', 'total', 'page', 'pageSize'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(item) } },
          total: {
            type: 'integer',
            description: 'Rows on all pages; more than 10,000 users are counted anew every 10 seconds',
          },
          page: { type: 'integer', description: 'Number of this page, from 1' },
          pageSize: { type: 'integer', description: 'Rows on a page' },
        },
      },
    }),
  );
}
