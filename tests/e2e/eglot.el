;;; Emacs in batch: drives the server through eglot and prints what it saw as JSON.
;;; Usage: emacs --batch -Q -l eglot.el -f reportlint-test FILE SETUP.el, with reportlint on the PATH  -*- lexical-binding: t -*-
(setq package-directory-list '("/usr/share/emacs/site-lisp/elpa")
      eglot-confirm-server-initiated-edits nil
      eglot-sync-connect t
      eglot-autoshutdown t
      create-lockfiles nil)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'imenu)
(require 'json)

(defun reportlint-wait (what ready)
  (let ((end (+ (float-time) 30)))
    (while (not (funcall ready))
      (when (> (float-time) end) (error "waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun reportlint-found ()
  (mapcar (lambda (d)
            (list (cons 'message (flymake-diagnostic-text d))
                  (cons 'text (buffer-substring-no-properties (flymake-diagnostic-beg d) (flymake-diagnostic-end d)))))
          (flymake-diagnostics)))

(defun reportlint-names (index)
  (mapcan (lambda (item)
            (cons (substring-no-properties (car item))
                  (and (consp (cdr item)) (reportlint-names (cdr item)))))
          index))

(defun reportlint-test ()
  (let* ((file (pop command-line-args-left))
         (setup (pop command-line-args-left))
         (seen nil))
    (load setup nil t)
    (find-file file)
    (text-mode)
    (apply #'eglot (eglot--guess-contact))
    (flymake-mode 1)
    (reportlint-wait "findings" (lambda () (flymake-start) (flymake-diagnostics)))
    (push (cons 'found (vconcat (reportlint-found))) seen)
    ;; The outline
    (push (cons 'outline (vconcat (reportlint-names (eglot-imenu)))) seen)
    ;; The quick fix where the heading is misspelt
    (goto-char (point-min))
    (search-forward "六、其它")
    (let* ((actions (jsonrpc-request (eglot--current-server-or-lose) :textDocument/codeAction
                                     (list :textDocument (eglot--TextDocumentIdentifier)
                                           :range (list :start (eglot--pos-to-lsp-position (point))
                                                        :end (eglot--pos-to-lsp-position (point)))
                                           :context (list :diagnostics [] :only ["quickfix"]))))
           (fix (seq-find (lambda (action) (eq t (plist-get action :isPreferred))) actions)))
      (eglot--apply-workspace-edit (plist-get fix :edit)))
    (push (cons 'after (buffer-substring-no-properties (point-min) (point-max))) seen)
    (eglot--signal-textDocument/didChange)
    (reportlint-wait "the finding to go"
                     (lambda ()
                       (flymake-start)
                       (and (flymake-diagnostics)
                            (not (seq-find (lambda (d) (string-match-p "其它" (flymake-diagnostic-text d)))
                                           (flymake-diagnostics))))))
    (push (cons 'left (vconcat (reportlint-found))) seen)
    (set-buffer-modified-p nil)
    (let ((coding-system-for-write 'utf-8))
      (princ (json-encode seen)))
    (kill-emacs 0)))
