import { join } from 'node:path';
import ts from 'typescript';

/** What an entry point of a package exports, and what of its types is seen through that without being exported. */
interface Entry {
  title: string;
  file: string;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
  types: ['node'],
};

/**
 * The public types of entry points as Markdown: without comments, by name, so that a change of them and nothing else shows in
 * a diff. `folder` holds their sources.
 */
export function apiReport(folder: string, entries: readonly Entry[]): string {
  const declared = declarations(entries.map(({ file }) => join(folder, file)));
  const program = programOf(declared);
  const checker = program.getTypeChecker();
  const known = new Set<ts.Symbol>();
  return entries
    .map(({ title, file }) => {
      const source = program.getSourceFile(declarationOf(join(folder, file)));
      const module = source && checker.getSymbolAtLocation(source);
      if (!module) throw new Error(`There is nothing in ${file}.`);
      const exported = checker.getExportsOfModule(module).map((symbol) => original(checker, symbol));
      const seen = seenThrough(checker, exported, declared, known);
      const hidden = seen.length === 0 ? '' : `\nSeen through these, and not exported:\n\n${code(seen)}`;
      return `## ${title}\n\n${code(exported)}${hidden}`;
    })
    .join('\n');
}

/** File → text of the declarations of the sources that some files lead to. */
function declarations(files: readonly string[]): Map<string, string> {
  const declared = new Map<string, string>();
  const { diagnostics } = ts
    .createProgram(files, OPTIONS)
    .emit(undefined, (file, text) => declared.set(file, text), undefined, true);
  const [problem] = diagnostics;
  if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
  return declared;
}

function programOf(declared: ReadonlyMap<string, string>): ts.Program {
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    // The declarations stand in for their sources, which would be found first.
    fileExists: (file) => declared.has(file) || (!declared.has(declarationOf(file)) && disk.fileExists(file)),
    readFile: (file) => declared.get(file) ?? disk.readFile(file),
    getSourceFile: (file, version, ...more) => {
      const text = declared.get(file);
      return text === undefined
        ? disk.getSourceFile(file, version, ...more)
        : ts.createSourceFile(file, text, version, true);
    },
  };
  return ts.createProgram([...declared.keys()], { ...OPTIONS, noEmit: true }, host);
}

const declarationOf = (file: string): string => file.replace(/\.ts$/, '.d.ts');

const original = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** The types of the package that declarations name, and those that these name, as far as they are not `known` by then. */
function seenThrough(
  checker: ts.TypeChecker,
  exported: readonly ts.Symbol[],
  declared: ReadonlyMap<string, string>,
  known: Set<ts.Symbol>,
): ts.Symbol[] {
  exported.forEach((symbol) => known.add(symbol));
  const seen: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const named = checker.getSymbolAtLocation(node);
      const symbol = named && original(checker, named);
      if (symbol && !known.has(symbol) && isTopLevel(symbol, declared)) add(symbol);
    }
    ts.forEachChild(node, visit);
  };
  const add = (symbol: ts.Symbol): void => {
    known.add(symbol);
    seen.push(symbol);
    symbol.declarations?.forEach(visit);
  };
  exported.forEach((symbol) => symbol.declarations?.forEach(visit));
  return seen;
}

const isTopLevel = ({ declarations: list = [] }: ts.Symbol, declared: ReadonlyMap<string, string>): boolean =>
  list.some((one) => declared.has(one.getSourceFile().fileName) && ts.isSourceFile(statementOf(one).parent));

/** The statement that a declaration stands in: that of a constant is further up. */
function statementOf(declaration: ts.Node): ts.Node {
  return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
}

function code(symbols: readonly ts.Symbol[]): string {
  const printer = ts.createPrinter({ removeComments: true });
  const texts = symbols.flatMap((symbol) =>
    (symbol.declarations ?? []).map((one) => {
      const statement = statementOf(one);
      return { name: symbol.name, text: printer.printNode(ts.EmitHint.Unspecified, statement, one.getSourceFile()) };
    }),
  );
  const sorted = texts.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return `\`\`\`ts\n${sorted.map(({ text }) => text.replace(/^(export )?(declare )?/, '')).join('\n\n')}\n\`\`\`\n`;
}
