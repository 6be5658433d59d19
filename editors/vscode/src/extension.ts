// Starts the language server and adds what a server cannot do: commands, a page beside the text, a question.
import * as vscode from "vscode";
import {
  LanguageClient,
  type Executable,
  type LanguageClientOptions,
  type Middleware,
} from "vscode-languageclient/node";

const INSTALL = "pip install 'reportlint[lsp,html]'";
let client: LanguageClient | undefined;

function say(zh: string, en: string): string {
  return vscode.env.language.startsWith("zh") ? zh : en;
}

/** A code action that ignores a rule asks for the reason first. */
const middleware: Middleware = {
  async provideCodeActions(document, range, context, token, next) {
    const actions = await next(document, range, context, token);
    for (const action of actions ?? []) {
      const rule: unknown = (action as { data?: { ignore?: unknown } }).data?.ignore;
      if (action instanceof vscode.CodeAction && typeof rule === "string") {
        action.edit = undefined;
        action.command = { command: "reportlint.ignoreHere", title: action.title, arguments: [document.uri, rule] };
      }
    }
    return actions;
  },
};

async function start(): Promise<void> {
  const path = vscode.workspace.getConfiguration("reportlint").get<string[]>("path", ["reportlint"]);
  const [command = "reportlint", ...args] = path;
  const server: Executable = { command, args: [...args, "server"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "plaintext" },
      { scheme: "file", language: "markdown" },
      { scheme: "file", language: "html" },
      { scheme: "untitled", language: "plaintext" },
    ],
    synchronize: { configurationSection: "reportlint" },
    middleware,
  };
  client = new LanguageClient("reportlint", "reportlint", server, options);
  try {
    await client.start();
  } catch (error) {
    const settings = say("打开设置", "Open settings");
    const why = error instanceof Error ? error.message : String(error);
    const chosen = await vscode.window.showErrorMessage(
      say(
        `reportlint 没有启动（${why}）：请先运行 ${INSTALL}，或在设置 reportlint.path 中写明程序的路径`,
        `reportlint did not start (${why}): run ${INSTALL}, or name the program in the setting reportlint.path`,
      ),
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "reportlint.path");
    }
  }
}

async function ask<T>(command: string, ...args: unknown[]): Promise<T | undefined> {
  if (!client?.isRunning()) {
    return undefined;
  }
  return client.sendRequest<T>("workspace/executeCommand", { command, arguments: args });
}

function current(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && client?.code2ProtocolConverter.asUri(document.uri);
}

async function fixFile(): Promise<void> {
  const uri = current();
  if (uri && !(await ask<boolean>("reportlint.fixAll", uri))) {
    void vscode.window.setStatusBarMessage(say("没有可以修正的", "There is nothing to fix"), 5000);
  }
}

async function showPage(): Promise<void> {
  const uri = current();
  const html = uri && (await ask<string | null>("reportlint.page", uri));
  if (html) {
    const panel = vscode.window.createWebviewPanel("reportlint", "reportlint", vscode.ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [],
    });
    panel.webview.html = html;
  }
}

async function ignoreHere(document: vscode.Uri, rule: string): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: say(`为什么不再报 ${rule}？`, `Why is ${rule} not to be reported here?`),
    prompt: say("原因会写入 reportlint.toml", "The reason is written into reportlint.toml"),
    validateInput: (value) => (value.trim() ? undefined : say("请写明原因", "Say why")),
  });
  const uri = client?.code2ProtocolConverter.asUri(document);
  const written = reason && uri && (await ask<string | null>("reportlint.ignore", uri, rule, reason.trim()));
  if (written) {
    await (await vscode.workspace.openTextDocument(vscode.Uri.parse(written))).save();
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  // One after the other: two at once would leave a client behind.
  let last = Promise.resolve();
  const restart = () => {
    last = last.then(async () => {
      await client?.stop().catch(() => undefined);
      await start();
    });
    return last;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("reportlint.fixFile", fixFile),
    vscode.commands.registerCommand("reportlint.showPage", showPage),
    vscode.commands.registerCommand("reportlint.ignoreHere", ignoreHere),
    vscode.commands.registerCommand("reportlint.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("reportlint.path")) {
        void restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
