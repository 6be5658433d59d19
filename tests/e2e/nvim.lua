-- Neovim, headless: set up as docs/editors.md says, drives the server and prints what it saw as JSON.
-- Usage: nvim --headless -u NONE -i NONE -l nvim.lua FILE SETUP.lua SAVE.lua QUICKFIX.vim, with reportlint on the PATH
local path, setup, save, quickfix = arg[1], arg[2], arg[3], arg[4]
local seen = {}

local function wait(what, ready)
  assert(vim.wait(30000, ready, 20), "waited in vain for " .. what)
end

vim.cmd("filetype on")
dofile(setup)
vim.cmd.edit(vim.fn.fnameescape(path))
local buffer = vim.api.nvim_get_current_buf()
local client
wait("the server", function()
  client = vim.lsp.get_clients({ bufnr = buffer })[1]
  return client and client.initialized
end)
seen.encoding = client.offset_encoding
seen.pulls = client:supports_method("textDocument/diagnostic")

local function texts()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    local text = vim.api.nvim_buf_get_text(buffer, d.lnum, d.col, d.end_lnum, d.end_col, {})
    table.insert(found, { code = d.code, text = table.concat(text, "\n"), severity = d.severity })
  end
  return found
end

wait("findings", function() return #vim.diagnostic.get(buffer) > 0 end)
vim.wait(300)
seen.found = texts()

local function place(code)
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    if d.code == code then
      vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col })
      return d
    end
  end
  error("no finding " .. code)
end

-- Hover
place("wrong-figure")
local position = vim.lsp.util.make_position_params(0, client.offset_encoding)
local hover = client:request_sync("textDocument/hover", position, 10000, buffer)
seen.hover = hover.result.contents.value

-- Symbols, folds
local document = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
seen.symbols = vim.tbl_map(function(s) return s.name end,
  client:request_sync("textDocument/documentSymbol", document, 10000, buffer).result)
seen.folds = #client:request_sync("textDocument/foldingRange", document, 10000, buffer).result

-- The quick fix of one finding, then everything that is safe, as a user asks for them.
local function apply(filter, only)
  local before = vim.api.nvim_buf_get_changedtick(buffer)
  vim.lsp.buf.code_action({ apply = true, filter = filter, context = only and { only = only, diagnostics = {} } or nil })
  wait("an edit", function() return vim.api.nvim_buf_get_changedtick(buffer) ~= before end)
end
place("heading-typo")
apply(function(action) return action.isPreferred end)
wait("the finding to go", function()
  for _, found in ipairs(texts()) do
    if found.code == "heading-typo" then return false end
  end
  return true
end)
seen.after_fix = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n"
apply(nil, { "source.fixAll.reportlint" })
seen.after_all = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n"
wait("the findings to go", function()
  for _, found in ipairs(texts()) do
    if found.code == "label-typo" then return false end
  end
  return true
end)
seen.left = texts()

-- Saving mends, and the quickfix list of those without a client has the right columns.
dofile(save)
vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "（附注，，无）" })
vim.cmd.write()
seen.saved = vim.api.nvim_buf_get_lines(buffer, -2, -1, false)[1]
vim.cmd.source(vim.fn.fnameescape(quickfix))
vim.cmd("Reportlint")
seen.quickfix = {}
for _, item in ipairs(vim.fn.getqflist()) do
  local line = vim.api.nvim_buf_get_lines(buffer, item.lnum - 1, item.lnum, false)[1]
  table.insert(seen.quickfix, { type = item.type, text = item.text, rest = line:sub(item.col) })
end

-- The whole workspace
local workspace = client:request_sync("workspace/diagnostic", { previousResultIds = {} }, 10000, buffer)
seen.workspace = {}
for _, item in ipairs(workspace.result.items) do
  seen.workspace[vim.fs.basename(vim.uri_to_fname(item.uri))] = #item.items
end

io.write(vim.json.encode(seen) .. "\n")
vim.cmd("qa!")
