// Compiles the TypeScript samples of all pages in one program, against the sources of the packages.
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { REPOSITORY } from '../bootstrap.mjs';

/** Samples of one page are read as one module: a later one may use what an earlier one defined. */
export function compileProblems(samples) {
  if (samples.length === 0) return [];
  const modules = new Map(
    [...byPage(samples)].map(([file, blocks]) => [
      join(REPOSITORY, 'tools', 'docs', `${file.replaceAll('/', '-')}.sample.ts`),
      { file, text: asModule(blocks.map(({ text }) => text)) },
    ]),
  );
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => modules.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const sample = modules.get(name);
    return sample ? ts.createSourceFile(name, sample.text, rest[0]) : getSourceFile(name, ...rest);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return program.getSourceFiles().flatMap((source) => {
    const sample = modules.get(source.fileName);
    if (!sample) return [];
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const { line } = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
      return `${sample.file}: ${message} — ${source.text.split('\n')[line]?.trim()}`;
    });
  });
}

function byPage(samples) {
  const groups = new Map();
  for (const sample of samples) groups.set(sample.file, [...(groups.get(sample.file) ?? []), sample]);
  return groups;
}

function compilerOptions() {
  const file = join(REPOSITORY, 'tsconfig.lint.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ['none.ts'] },
    ts.sys,
    dirname(file),
  );
  return {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    incremental: false,
    tsBuildInfoFile: undefined,
  };
}

/** The blocks one after the other, with each name imported once. */
function asModule(blocks) {
  const imports = new Map();
  const rest = blocks.map((text) => {
    const source = ts.createSourceFile('sample.ts', text, ts.ScriptTarget.Latest);
    const declarations = source.statements.filter(ts.isImportDeclaration);
    for (const { importClause, moduleSpecifier } of declarations) {
      const names = imports.get(moduleSpecifier.text) ?? new Set();
      imports.set(moduleSpecifier.text, names);
      if (importClause?.name) names.add(`default as ${importClause.name.text}`);
      const bindings = importClause?.namedBindings;
      for (const element of bindings && ts.isNamedImports(bindings) ? bindings.elements : []) {
        names.add(element.getText(source).replace(/^type /, ''));
      }
    }
    return declarations.reduceRight((left, { pos, end }) => left.slice(0, pos) + left.slice(end), text);
  });
  const lines = [...imports].map(([from, names]) => `import { ${[...names].join(', ')} } from '${from}';`);
  return [...lines, ...rest, 'export {};'].join('\n');
}
