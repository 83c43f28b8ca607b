import { numberOf } from './parameters.mjs';

/** Reading departments. */
export const DEPARTMENT_ENDPOINTS = {
  'department/list': {
    method: 'GET',
    lists: ['department'],
    run: ({ view, query }) => ({ department: view.departments(numberOf(query, 'id')) }),
  },
  'department/simplelist': {
    method: 'GET',
    lists: ['department_id'],
    run: ({ view, query }) => ({
      department_id: view
        .departments(numberOf(query, 'id'))
        .map(({ id, parentid, order }) => ({ id, parentid, order })),
    }),
  },
  'department/get': {
    method: 'GET',
    run: ({ view, query }) => ({ department: view.checkDepartment(numberOf(query, 'id', true)) }),
  },
};
