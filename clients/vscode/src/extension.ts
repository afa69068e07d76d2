// Starts the language server `batos lsp` and hands it the sources; all that is known of the language is on the other side.

import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

function settings(): { program: string; image: string } {
  const configuration = vscode.workspace.getConfiguration('batos');
  return { program: configuration.get('path', 'batos'), image: configuration.get('image', '') };
}

async function start(): Promise<void> {
  const { program, image } = settings();
  const server: ServerOptions = {
    command: program,
    args: ['lsp', ...(image === '' ? [] : ['--image', image])],
    options: { cwd: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath },
  };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: 'batos' },
      { scheme: 'untitled', language: 'batos' },
    ],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.self') },
  };
  client = new LanguageClient('batos', 'BAT OS', server, options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const what = error instanceof Error ? error.message : String(error);
    const choice = await vscode.window.showErrorMessage(
      `The language server did not start (${what}). Is the program ${program} there?`,
      'Settings',
    );
    if (choice === 'Settings') {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'batos.path');
    }
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

async function run(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || document.uri.scheme !== 'file' || !(await document.save())) {
    return;
  }
  const { program, image } = settings();
  const args = ['run', ...(image === '' ? [] : ['--image', image]), document.uri.fsPath];
  const scope = vscode.workspace.getWorkspaceFolder(document.uri) ?? vscode.TaskScope.Workspace;
  const execution = new vscode.ProcessExecution(program, args);
  await vscode.tasks.executeTask(
    new vscode.Task({ type: 'batos' }, scope, vscode.workspace.asRelativePath(document.uri), 'BAT OS', execution),
  );
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand('batos.restart', restart),
    vscode.commands.registerCommand('batos.run', run),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('batos.path') || event.affectsConfiguration('batos.image')) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
