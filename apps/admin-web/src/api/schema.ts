// Generated from the API document of the service by `npm run api:types`. Do not edit.

export interface paths {
    "/api/tasks/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The log lines of a task, oldest first (the last 10,000)
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["TaskFilesController.lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The raw records of a task as they were read
         * @description One line a record: `{"dataType":"user","record":{…}}`. Each download is audited.
         *
         *     For admins with the role operator, approver, admin; keys with the scope admin.
         */
        get: operations["TaskFilesController.raw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/raw/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One raw record of a task as it was read, by its uid or its position
         * @description Each look is audited.
         *
         *     For admins with the role operator, approver, admin; keys with the scope admin.
         */
        get: operations["TaskFilesController.rawRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/adapters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Registered adapters, and those that could not be loaded
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["AdaptersController.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/adapters/{kind}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One adapter, with the README of its package
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["AdaptersController.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed what, newest first
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["AuditController.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description The session is a cookie that scripts in the page cannot read. It ends after 12 hours without use.
         *
         *     Open to everybody.
         */
        post: operations["AuthController.signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session
         * @description For every admin; no key.
         */
        post: operations["AuthController.signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who calls, and what that allows
         * @description For every admin; keys with the scope read or push or admin.
         */
        get: operations["AuthController.me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the own password
         * @description Ends every session of the account; the answer carries the cookie of a new one.
         *
         *     For every admin; no key.
         */
        post: operations["AuthController.changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whom an invitation link is for
         * @description Uses nothing up. 404: the link was used, replaced, or is too old.
         *
         *     Open to everybody.
         */
        post: operations["AuthController.invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/accept-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a password with the token of an invitation link, and sign in
         * @description Open to everybody.
         */
        post: operations["AuthController.acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys, without the keys themselves
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["ApiKeysController.list"];
        put?: never;
        /**
         * Make an API key
         * @description The answer carries the key, once. No key can make keys.
         *
         *     For admins with the role admin; no key.
         */
        post: operations["ApiKeysController.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key at once
         * @description For admins with the role admin; keys with the scope admin.
         */
        delete: operations["ApiKeysController.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who may sign in
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["AdminsController.list"];
        put?: never;
        /**
         * Invite an admin
         * @description The answer carries a one-time link to copy and hand over; whoever opens it chooses the password.
         *
         *     For admins with the role admin; no key.
         */
        post: operations["AdminsController.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an account and its sessions
         * @description The last admin cannot be removed.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        delete: operations["AdminsController.remove"];
        options?: never;
        head?: never;
        /**
         * Change username or role
         * @description A new role ends the sessions of the account.
         *
         *     For admins with the role admin; no key.
         */
        patch: operations["AdminsController.update"];
        trace?: never;
    };
    "/api/admins/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new one-time link
         * @description For a lost invitation or a forgotten password.
         *
         *     For admins with the role admin; no key.
         */
        post: operations["AdminsController.invite"];
        /**
         * End a one-time link
         * @description The account goes on as it is.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        delete: operations["AdminsController.withdraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sources
         * @description A key with scope push sees its own source only.
         *
         *     For every admin; keys with the scope read or push or admin.
         */
        get: operations["SourcesController.list"];
        put?: never;
        /**
         * Add a source
         * @description For admins with the role admin; keys with the scope admin.
         */
        post: operations["SourcesController.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One source
         * @description For every admin; keys with the scope read or push or admin.
         */
        get: operations["SourcesController.get"];
        put?: never;
        post?: never;
        /**
         * Delete a source
         * @description Keys that are bound to it go with it. With `people=remove` it is disabled, and a task removes whom only this source states, held by the limits like any other; the source is deleted when everything was applied.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        delete: operations["SourceDeletionController.delete"];
        options?: never;
        head?: never;
        /**
         * Change a source
         * @description What is left out stays as it is.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        patch: operations["SourcesController.update"];
        trace?: never;
    };
    "/api/sources/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try options that are not stored
         * @description For admins with the role admin; keys with the scope admin.
         */
        post: operations["SourcesController.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a source as it is stored, or as it would be after a change
         * @description For admins with the role admin; keys with the scope admin.
         */
        post: operations["SourcesController.checkStored"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Targets, where records are applied
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["TargetsController.list"];
        put?: never;
        /**
         * Add a target
         * @description It gets everything that its sources know, once the backfill of each was approved.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        post: operations["TargetsController.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One target
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["TargetsController.get"];
        put?: never;
        post?: never;
        /**
         * Delete a target
         * @description What is there stays there; Rollcall forgets it.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        delete: operations["TargetsController.delete"];
        options?: never;
        head?: never;
        /**
         * Change a target
         * @description What is left out stays as it is.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        patch: operations["TargetsController.update"];
        trace?: never;
    };
    "/api/targets/{id}/backlog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a target has not got yet, by source
         * @description Counts all records of its sources: with a million of them that takes a second or two.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["TargetsController.backlog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try options that are not stored
         * @description For admins with the role admin; keys with the scope admin.
         */
        post: operations["TargetsController.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a target as it is stored, or as it would be after a change
         * @description What waits for the target to be well again is tried at once when it is well as it is stored.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        post: operations["TargetsController.checkStored"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks, the newest first
         * @description A key with the scope push sees the tasks that it made.
         *
         *     For every admin; keys with the scope read or push or admin.
         */
        get: operations["TasksController.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events: `task`, with the row of the task, whenever it changes
         * @description The stream ends within seconds when the key or the session does, or may not read any more.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["TasksController.events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One task
         * @description For every admin; keys with the scope read or push or admin.
         */
        get: operations["TasksController.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a task changed, or would change
         * @description Also as `text/csv`, then all of them, for operators. Only operators see the values from before the change.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["TasksController.changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why changes of a task failed: its failures by target, data type, error code and field, the most frequent first; what failed because it had on another target comes last
         * @description The failures themselves are `GET /api/tasks/{id}/changes` with `outcome=failed`, `code`, `field`, `target` and `dataType`.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["TasksController.failures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sources/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sync a source now, or preview what a sync would do
         * @description For admins with the role operator, approver, admin; keys with the scope admin.
         */
        post: operations["TasksController.sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try again what the task did not apply
         * @description For admins with the role operator, approver, admin; keys with the scope admin.
         */
        post: operations["TasksController.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a task; what is applied stays
         * @description For admins with the role operator, approver, admin; keys with the scope admin.
         */
        post: operations["TasksController.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply exactly the plan that is held
         * @description For admins with the role approver, admin; keys with the scope admin.
         */
        post: operations["TasksController.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Throw a held plan away
         * @description For admins with the role approver, admin; keys with the scope admin.
         */
        post: operations["TasksController.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back what a task applied, by a new task
         * @description Targets get the values from before; what was made is deleted softly, what was deleted comes back. What somebody has touched since is `stale`. What sources have said stays: it is applied again when a source says something new, or by `POST /api/users/{id}/sync`. An undo can be undone.
         *
         *     For admins with the role approver, admin; keys with the scope admin.
         */
        post: operations["TasksController.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/userData:push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Push users or departments
         * @description Up to 100,000 records and 20 MB. A record that fails does not fail the push: look at `data.status` and `failedRecords`. Pushing the same thing twice changes nothing.
         *
         *     For admins with the role admin; keys with the scope push or admin.
         */
        post: operations["PushController.push"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Snapshots that are open or were committed, the newest first
         * @description A key with the scope push sees those that it opened.
         *
         *     For every admin; keys with the scope read or push or admin.
         */
        get: operations["SnapshotsController.list"];
        put?: never;
        /**
         * Open a snapshot: a complete read for those who can only POST
         * @description Blocks nothing, and expires after 24 hours. Opening another one of the same source and data type takes the place of one that is still open. Whoever is pushed while it is open keeps what was pushed.
         *
         *     For admins with the role admin; keys with the scope push or admin.
         */
        post: operations["SnapshotsController.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One snapshot
         * @description For every admin; keys with the scope read or push or admin.
         */
        get: operations["SnapshotsController.get"];
        put?: never;
        post?: never;
        /**
         * Abort an open snapshot
         * @description For admins with the role admin; keys with the scope push or admin.
         */
        delete: operations["SnapshotsController.abort"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add records to a snapshot
         * @description Any number of requests, in parallel too, each up to 100,000 records and 20 MB. A uid that is sent again replaces what was sent before.
         *
         *     For admins with the role admin; keys with the scope push or admin.
         */
        post: operations["SnapshotsController.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/snapshots/{id}/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Everything was sent: make it a task
         * @description Whoever is not in the snapshot has left the source, unless a record came without a uid. When `expected` is not what arrived nothing changes, and the snapshot stays open. Committed again it answers with the same task.
         *
         *     For admins with the role admin; keys with the scope push or admin.
         */
        post: operations["SnapshotsController.commit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/callbacks/{sourceName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live events of a vendor
         * @description The source's adapter makes sure who sent it, and answers in the vendor's own form.
         *
         *     Open to everybody.
         */
        get: operations["CallbacksController.verify"];
        put?: never;
        /**
         * Live events of a vendor
         * @description The source's adapter makes sure who sent it, and answers in the vendor's own form.
         *
         *     Open to everybody.
         */
        post: operations["CallbacksController.receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users
         * @description `q` finds usernames, e-mails, phone numbers and uids that begin with it, and nicknames that contain it (below three characters: that begin with it, and of two Chinese, Japanese or Korean ones also that end with it). A phone number is found without its plus as well. Exact matches come first; at most 10000 are found. `sort`: id, username, nickname, email, phone, createdAt, updatedAt.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["UsersController.list"];
        put?: never;
        /**
         * Make a user by hand
         * @description No sync removes such a user. A source may still take it over, by its match keys, and fill it.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        post: operations["UsersController.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One user, also a deleted one
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["UsersController.get"];
        put?: never;
        post?: never;
        /**
         * Delete a user whom no source states
         * @description The user can be restored until the grace period is over (30 days). Safe to repeat.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        delete: operations["UsersController.delete"];
        options?: never;
        head?: never;
        /**
         * Change a user by hand
         * @description Fields whose value really differs are written and locked: syncs leave them alone from then on.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        patch: operations["UsersController.patch"];
        trace?: never;
    };
    "/api/users/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to a user, the newest first
         * @description What tasks did or failed to do on any target, since the record stands for the user, as long as changes are kept (`ROLLCALL_RETENTION_DAYS`); and what was done by hand. `sort` and `q` are not looked at.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["UsersController.changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the deletion of a user
         * @description The user comes back with the same id and stays until a source says something new. Safe to repeat.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        post: operations["UsersController.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let go of a field of a user
         * @description A username, e-mail or phone is emptied, so that the record which it blocks can have it. A field that was locked by hand is unlocked, and what the sources say about it is applied with their next sync, or by `POST /api/users/{id}/sync`.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        post: operations["UsersController.release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Departments
         * @description `q` finds titles that contain it (below three characters: that begin with it) and uids that begin with it. Exact matches come first. `sort`: sort, id, title, createdAt, updatedAt.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["DepartmentsController.list"];
        put?: never;
        /**
         * Make a department by hand
         * @description No sync removes it.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        post: operations["DepartmentsController.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One department
         * @description For every admin; keys with the scope read or admin.
         */
        get: operations["DepartmentsController.get"];
        put?: never;
        post?: never;
        /**
         * Delete a department that no source states and that is empty
         * @description For admins with the role admin; keys with the scope admin.
         */
        delete: operations["DepartmentsController.delete"];
        options?: never;
        head?: never;
        /**
         * Change a department by hand
         * @description Fields whose value really differs are written and locked: syncs leave them alone from then on.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        patch: operations["DepartmentsController.patch"];
        trace?: never;
    };
    "/api/departments/{id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users in a department
         * @description Takes what the list of users takes.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["DepartmentsController.members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/departments/{id}/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a user into a department by hand
         * @description Survives every sync, beside what sources say. Safe to repeat.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        put: operations["DepartmentsController.put"];
        post?: never;
        /**
         * Take back a membership that was made by hand
         * @description The answer says whether a source still states it. Safe to repeat.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        delete: operations["DepartmentsController.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply what the sources say about a user again
         * @description Everything that their records say, whether it changed or not: after an undo, or after a hand has been let go. One task for each source that states the user; the answer is the first.
         *
         *     For admins with the role operator, approver, admin; keys with the scope admin.
         */
        post: operations["LinksController.sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link a record of a source to a user
         * @description For what match keys cannot decide. The task applies what the record says, as a change of the kind `link`; to a protected user nothing is applied. A record that has not been stated yet is linked when it is.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        post: operations["LinksController.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a record from its user or department
         * @description What it wrote stays, except memberships and owners that its source stated. It is never linked there again by itself: when it says something new, it gets a user of its own, or matches another one. Targets elsewhere go on being told what the record says.
         *
         *     For admins with the role admin; keys with the scope admin.
         */
        delete: operations["LinksController.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The feed of what changes in users and departments
         * @description For programs that keep a copy. Ask without `after`, then again and again with `next` of the answer before: first come all departments and users, then whatever changes, by syncs, by hand, by undo or purge. Nothing is left out and everything comes in order, at least once: put `current` in the place of what you have, drop it where it is null. What changed is kept for 30 days.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["FeedController.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers at all
         * @description Open to everybody.
         */
        get: operations["HealthController.live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether Postgres, Redis, the adapters and the first admin are there
         * @description 503 when one is not. From the first 200 on somebody can sign in.
         *
         *     Open to everybody.
         */
        get: operations["HealthController.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description Needs `read`, unless asked from the machine itself and not through a proxy.
         *
         *     Open to everybody.
         */
        get: operations["MetricsController.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the service is: what it needs, what there is to do, the last 30 days
         * @description Answers 200 also when something is down; `GET /api/health/ready` is for probes.
         *
         *     For every admin; keys with the scope read or admin.
         */
        get: operations["SystemController.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        LogLineView: {
            /**
             * Format: date-time
             * @description When it was written
             */
            time: string;
            /**
             * @description How much it matters
             * @enum {string}
             */
            level: "trace" | "debug" | "info" | "warn" | "error" | "fatal";
            /** @description What happened */
            message: string;
            /** @description The part of Rollcall that wrote it */
            context: string | null;
            /** @description The request that started the task */
            requestId: string | null;
            /** @description Everything else that the line carries */
            details: {
                [key: string]: unknown;
            };
        };
        RawRecordsView: {
            /** @description The record as it was received; several when it was said several times, the last 20 */
            records: unknown[];
        };
        AdapterCapabilities: {
            /** @description A source that reads by itself; without it, records are pushed */
            pull: boolean;
            /** @description A source that can read what changed since the last read */
            incremental: boolean;
            /** @description A source whose vendor can tell at once what changed */
            events: boolean;
            /** @description Its configuration can be tried */
            check: boolean;
            /** @description A target: it is somewhere else, and there may be several of its kind */
            remote?: boolean;
            /** @description What a target reads */
            dataTypes?: ("user" | "department")[];
        };
        AdapterDto: {
            /** @description Null when its package could not even be read */
            id: string | null;
            /**
             * @description What it does
             * @enum {string|null}
             */
            kind: "source" | "target" | null;
            /** @description Shown to admins */
            title: string;
            /** @description A sentence for admins */
            description: string | null;
            /**
             * @description Language tag → title, description and options (by path, with dots) in that language
             * @example {
             *       "fr": {
             *         "title": "Acme RH",
             *         "options": {
             *           "token": {
             *             "title": "Jeton"
             *           }
             *         }
             *       }
             *     }
             */
            texts: Record<string, never>;
            /** @description A `data:` address of an SVG or PNG image */
            icon: string | null;
            /** @description Version of the adapter */
            version: string | null;
            /** @description Version of the contract with Rollcall that it was written for; null when it could not be loaded */
            contract: number | null;
            /** @description JSON Schema (2020-12) of its options */
            configSchema: Record<string, never> | null;
            /** @description What it can do */
            capabilities: components["schemas"]["AdapterCapabilities"];
            /**
             * @description The package that it came from
             * @example @rollcall/source-http
             */
            origin: string;
            /** @description Why it is unavailable; absent when it is not */
            error?: string;
        };
        AdapterDetailDto: {
            /** @description Null when its package could not even be read */
            id: string | null;
            /**
             * @description What it does
             * @enum {string|null}
             */
            kind: "source" | "target" | null;
            /** @description Shown to admins */
            title: string;
            /** @description A sentence for admins */
            description: string | null;
            /**
             * @description Language tag → title, description and options (by path, with dots) in that language
             * @example {
             *       "fr": {
             *         "title": "Acme RH",
             *         "options": {
             *           "token": {
             *             "title": "Jeton"
             *           }
             *         }
             *       }
             *     }
             */
            texts: Record<string, never>;
            /** @description A `data:` address of an SVG or PNG image */
            icon: string | null;
            /** @description Version of the adapter */
            version: string | null;
            /** @description Version of the contract with Rollcall that it was written for; null when it could not be loaded */
            contract: number | null;
            /** @description JSON Schema (2020-12) of its options */
            configSchema: Record<string, never> | null;
            /** @description What it can do */
            capabilities: components["schemas"]["AdapterCapabilities"];
            /**
             * @description The package that it came from
             * @example @rollcall/source-http
             */
            origin: string;
            /** @description Why it is unavailable; absent when it is not */
            error?: string;
            /** @description README of its package, Markdown */
            readme: string | null;
        };
        ActorView: {
            /**
             * @description `system`: the service itself, or somebody at the machine
             * @enum {string}
             */
            kind: "admin" | "key" | "system";
            /** @description Id of the admin or of the key */
            id: number | null;
            /**
             * @description Name at that time: accounts and keys may be gone
             * @example admin
             */
            name: string;
        };
        AuditEntryView: {
            /** @description Id of the entry */
            id: number;
            /**
             * Format: date-time
             * @description When it was done
             */
            at: string;
            /** @description Who did it */
            actor: components["schemas"]["ActorView"];
            /**
             * @description What was done
             * @example source.update
             */
            action: string;
            /**
             * @description What it was done to
             * @example source:7
             */
            subject: string;
            /**
             * @description What that is called now, by each part of `subject`; users, tasks and what is gone have no name
             * @example {
             *       "source:7": "WeCom"
             *     }
             */
            subjectNames: {
                [key: string]: string;
            };
            /** @description What changed; never a secret */
            details: {
                [key: string]: unknown;
            };
            /** @description The request that did it, as in the log */
            requestId: string | null;
            /**
             * @description The IP address that the request came from; null for what the service did by itself
             * @example 203.0.113.7
             */
            address: string | null;
        };
        SignInBody: {
            /**
             * @description Username, in any case
             * @example admin
             */
            username: string;
            /**
             * Format: password
             * @description Password
             */
            password: string;
        };
        MeView: {
            /**
             * @description How the caller proved who it is
             * @enum {string}
             */
            kind: "admin" | "key";
            /** @description Id of the admin or of the key */
            id: number;
            /** @description Username of the admin, name of the key */
            name: string;
            /**
             * @description Role of the admin
             * @enum {string}
             */
            role?: "viewer" | "operator" | "approver" | "admin";
            /** @description Scopes of the key */
            scopes?: ("read" | "push" | "admin")[];
            /** @description The only source that the key may name */
            sourceId?: number | null;
            /** @description What the caller may do */
            may: ("read" | "operate" | "approve" | "push" | "admin" | "accounts")[];
        };
        PasswordBody: {
            /**
             * Format: password
             * @description The password until now
             */
            currentPassword: string;
            /**
             * Format: password
             * @description The password from now on
             */
            newPassword: string;
        };
        InvitationBody: {
            /** @description What stands behind the # of the invitation link */
            token: string;
        };
        InvitedView: {
            /** @description What to sign in with once a password is chosen */
            username: string;
        };
        AcceptInvitationBody: {
            /** @description What stands behind the # of the invitation link */
            token: string;
            /**
             * Format: password
             * @description The password to sign in with
             */
            password: string;
        };
        NamedReference: {
            /** @description Id */
            id: number;
            /** @description Name */
            name: string;
        };
        ApiKeyView: {
            /** @description Id of the key */
            id: number;
            /** @description What the key is for */
            name: string;
            /**
             * @description How the key begins, to recognise it by
             * @example rck_Zk3v
             */
            hint: string;
            /** @description What the key may do */
            scopes: ("read" | "push" | "admin")[];
            /** @description The only source that the key may name */
            source: components["schemas"]["NamedReference"] | null;
            /**
             * Format: date-time
             * @description When the key stops working
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Last use, accurate to a minute
             */
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @description When the key was made
             */
            createdAt: string;
        };
        ApiKeyBody: {
            /**
             * @description What the key is for
             * @example HR nightly push
             */
            name: string;
            /**
             * @description What the key may do
             * @example [
             *       "push"
             *     ]
             */
            scopes: ("read" | "push" | "admin")[];
            /** @description Binds the key to a source: it can push to no other, and need not name it. For keys that only push and read */
            sourceId?: number | null;
            /**
             * Format: date-time
             * @description When the key stops working; without it, never
             */
            expiresAt?: string | null;
        };
        NewApiKeyView: {
            /** @description Id of the key */
            id: number;
            /** @description What the key is for */
            name: string;
            /**
             * @description How the key begins, to recognise it by
             * @example rck_Zk3v
             */
            hint: string;
            /** @description What the key may do */
            scopes: ("read" | "push" | "admin")[];
            /** @description The only source that the key may name */
            source: components["schemas"]["NamedReference"] | null;
            /**
             * Format: date-time
             * @description When the key stops working
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Last use, accurate to a minute
             */
            lastUsedAt: string | null;
            /**
             * Format: date-time
             * @description When the key was made
             */
            createdAt: string;
            /**
             * @description The key itself. It is shown here and never again
             * @example rck_…
             */
            key: string;
        };
        AdminView: {
            /** @description Id of the account */
            id: number;
            /** @description Username */
            username: string;
            /**
             * @description `viewer` reads, `operator` also starts and repeats, `approver` also approves and undoes, `admin` does everything
             * @enum {string}
             */
            role: "viewer" | "operator" | "approver" | "admin";
            /**
             * @description `invited` until the invitation is accepted
             * @enum {string}
             */
            status: "active" | "invited";
            /**
             * Format: date-time
             * @description Until when an open invitation link works
             */
            invitationExpiresAt: string | null;
            /**
             * Format: date-time
             * @description When the account was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last sign-in
             */
            lastSignInAt: string | null;
        };
        AdminBody: {
            /**
             * @description Unique without regard to case
             * @example wang.fang
             */
            username: string;
            /**
             * @description `viewer` reads, `operator` also starts and repeats, `approver` also approves and undoes, `admin` does everything
             * @enum {string}
             */
            role: "viewer" | "operator" | "approver" | "admin";
        };
        InvitationView: {
            /**
             * @description Opens the page that asks for a password. Shown once
             * @example https://…/accept-invitation#…
             */
            link: string;
            /**
             * Format: date-time
             * @description Until when it works
             */
            expiresAt: string;
        };
        NewAdminView: {
            /** @description Id of the account */
            id: number;
            /** @description Username */
            username: string;
            /**
             * @description `viewer` reads, `operator` also starts and repeats, `approver` also approves and undoes, `admin` does everything
             * @enum {string}
             */
            role: "viewer" | "operator" | "approver" | "admin";
            /**
             * @description `invited` until the invitation is accepted
             * @enum {string}
             */
            status: "active" | "invited";
            /**
             * Format: date-time
             * @description Until when an open invitation link works
             */
            invitationExpiresAt: string | null;
            /**
             * Format: date-time
             * @description When the account was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last sign-in
             */
            lastSignInAt: string | null;
            /** @description The link to hand over */
            invitation: components["schemas"]["InvitationView"];
        };
        AdminPatch: {
            /** @description A new username */
            username?: string;
            /**
             * @description `viewer` reads, `operator` also starts and repeats, `approver` also approves and undoes, `admin` does everything
             * @enum {string}
             */
            role?: "viewer" | "operator" | "approver" | "admin";
        };
        ScheduleDto: {
            /**
             * @description Minute, hour, day of month, month, day of week
             * @example 0 3 * * *
             */
            cron: string;
            /**
             * @description IANA name of the time zone
             * @example Asia/Shanghai
             */
            timeZone: string;
            /**
             * @description Incremental reads between the full ones, where the adapter can; in the same time zone
             * @example *\/10 * * * *
             */
            incrementalCron?: string;
        };
        LeavingPoliciesView: {
            /**
             * @description When the source says that it is deleted
             * @enum {string}
             */
            onDeleted: "keep" | "disable" | "delete";
            /**
             * @description When a complete read did not contain it
             * @enum {string}
             */
            onMissing: "keep" | "disable" | "delete";
        };
        LimitView: {
            /** @description Held when more than this many */
            count: number;
            /** @description Held when more than this part of what the source has, in per cent */
            percent: number;
        };
        LimitsView: {
            deletes: components["schemas"]["LimitView"];
            disables: components["schemas"]["LimitView"];
            memberships: components["schemas"]["LimitView"];
            cleared: components["schemas"]["LimitView"];
        };
        PoliciesView: {
            user: components["schemas"]["LeavingPoliciesView"];
            department: components["schemas"]["LeavingPoliciesView"];
            /** @description Days after which what was deleted is purged */
            graceDays: number;
            limits: components["schemas"]["LimitsView"];
        };
        LastTaskView: {
            /** @description Id of the task */
            id: number;
            /**
             * @description How the task came about
             * @enum {string}
             */
            kind: "pull" | "push" | "event" | "snapshot" | "undo" | "backfill" | "purge";
            /**
             * @description How it stands
             * @enum {string}
             */
            status: "queued" | "running" | "held" | "succeeded" | "partially_succeeded" | "failed" | "cancelled";
            /**
             * @description Why it is held
             * @enum {string}
             */
            heldReason?: "limits" | "empty" | "preview" | "new_target";
            /** @description It is cancelled because somebody rejected its plan */
            rejected?: boolean;
            /** @description Its read did not see everything; the task says what */
            incomplete?: boolean;
            /** @description How it ended, in words */
            message: string | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ended
             */
            finishedAt: string | null;
        };
        CallbacksView: {
            /**
             * Format: date-time
             * @description When a call of the vendor was last taken; null: none was
             */
            takenAt: string | null;
            /**
             * Format: date-time
             * @description When a call was last refused; null: none was
             */
            refusedAt: string | null;
            /** @description Why it was */
            refusedReason: string | null;
            /** @description Language tag → `refusedReason` in that language, as far as it is known */
            texts?: {
                [key: string]: string;
            };
        };
        SourceNoteView: {
            /**
             * @description What it says
             * @enum {string}
             */
            code: "no_public_url" | "options_lacking" | "no_full_reads";
            /** @description `options_lacking`: names of the options */
            options?: string[];
            /** @description The sentence in English */
            message: string;
        };
        SourceView: {
            /** @description Id of the source */
            id: number;
            /**
             * @description Unique, and never changes: scripts and callback addresses use it
             * @example api
             */
            name: string;
            /**
             * @description Shown to admins
             * @example HTTP API
             */
            displayName: string;
            /**
             * @description Id of the source adapter
             * @example push
             */
            type: string;
            /** @description Whether it is synced */
            enabled: boolean;
            /** @description Without secrets */
            options: Record<string, never>;
            /** @description Names of the secrets that are stored */
            secretsSet: string[];
            /** @description With its options it can be read for changes only (`mode: "incremental"`) */
            readsChanges: boolean;
            /** @description When it is pulled */
            schedule: components["schemas"]["ScheduleDto"] | null;
            /** @description By what a first link may be made; a push has to name the one that it wants */
            matchKey: ("username" | "email" | "phone")[];
            /** @description The higher one wins */
            priority: number;
            /** @description The policies in force, defaults included */
            policies: components["schemas"]["PoliciesView"];
            /** @description Its newest task that is no backfill of a target */
            lastTask: components["schemas"]["LastTaskView"] | null;
            /**
             * Format: date-time
             * @description When a read, push or snapshot last brought it up to date: none that failed or was cut short; single records may have failed
             */
            lastSucceededAt: string | null;
            /** @description Id of its newest read that failed or was cut short, until a read does better; null: there is none */
            failedReadId: number | null;
            /** @description Id of its last full read, when that has not seen everybody, so that nobody is taken for missing; null: it has */
            unseenReadId: number | null;
            /**
             * Format: date-time
             * @description When the schedule starts the next task
             */
            nextRunAt: string | null;
            /** @description Pulls that failed in a row */
            failures: number;
            /** @description It failed so often that its schedule slowed down, until a task succeeds */
            slowedDown: boolean;
            /**
             * Format: date-time
             * @description Since when it has had no success for longer than twice its schedule; null when it is not overdue
             */
            overdueSince: string | null;
            /** @description Why it cannot be used: its adapter is not there, or cannot take over its options; null otherwise */
            adapterError: string | null;
            /** @description Language tag → `adapterError` in that language, as far as it is known */
            adapterErrorTexts?: {
                [key: string]: string;
            };
            /**
             * @description Where its vendor sends live events; null: it sends none, or nobody outside knows where Rollcall is
             * @example https://rollcall.example/api/callbacks/wecom
             */
            callbackUrl: string | null;
            /** @description Its last calls to that address, to some seconds; null: none was there yet, or its adapter takes no events */
            callbacks: components["schemas"]["CallbacksView"] | null;
            /** @description What an admin should do about it */
            notes: components["schemas"]["SourceNoteView"][];
            /**
             * Format: date-time
             * @description When it was added
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When its settings last changed
             */
            updatedAt: string;
        };
        UserPoliciesDto: {
            /**
             * @description When the source says that somebody is deleted
             * @enum {string}
             */
            onDeleted?: "keep" | "disable" | "delete";
            /**
             * @description When a complete read did not contain somebody
             * @enum {string}
             */
            onMissing?: "keep" | "disable" | "delete";
        };
        DepartmentPoliciesDto: {
            /**
             * @description When the source says that a department is deleted
             * @enum {string}
             */
            onDeleted?: "keep" | "delete";
            /**
             * @description When a complete read did not contain a department
             * @enum {string}
             */
            onMissing?: "keep" | "delete";
        };
        LimitDto: {
            /** @description Held when more than this many, and more than five */
            count?: number;
            /** @description Held when more than this part of what the source has, and more than five */
            percent?: number;
        };
        LimitsDto: {
            deletes?: components["schemas"]["LimitDto"];
            disables?: components["schemas"]["LimitDto"];
            /** @description Lost memberships */
            memberships?: components["schemas"]["LimitDto"];
            /** @description Cleared values */
            cleared?: components["schemas"]["LimitDto"];
        };
        PoliciesDto: {
            user?: components["schemas"]["UserPoliciesDto"];
            department?: components["schemas"]["DepartmentPoliciesDto"];
            /** @description Days after which what was deleted is purged */
            graceDays?: number;
            /** @description How much one task may take away before it is held */
            limits?: components["schemas"]["LimitsDto"];
        };
        CreateSourceBody: {
            /** @description Shown to admins; the name until set */
            displayName?: string;
            /**
             * @description Whether it is synced
             * @default true
             */
            enabled: boolean;
            /** @description What the configSchema of the adapter asks for. Replaces the stored ones; a secret that is left out stays, null clears it, and a change of host clears every secret that is not sent along. */
            options?: Record<string, never>;
            /** @description When it is pulled; null: only by hand */
            schedule?: components["schemas"]["ScheduleDto"] | null;
            /** @description By what a first link may be made; a push has to name the one that it wants */
            matchKey?: ("username" | "email" | "phone")[];
            /**
             * @description The higher one wins where several sources state one person
             * @default 100
             */
            priority: number;
            policies?: components["schemas"]["PoliciesDto"];
            /**
             * @description Lower-case letters, digits and dashes; cannot be changed later
             * @example hr-system
             */
            name: string;
            /**
             * @description Id of the source adapter
             * @example push
             */
            type: string;
        };
        UpdateSourceBody: {
            /** @description Shown to admins; the name until set */
            displayName?: string;
            /**
             * @description Whether it is synced
             * @default true
             */
            enabled: boolean;
            /** @description What the configSchema of the adapter asks for. Replaces the stored ones; a secret that is left out stays, null clears it, and a change of host clears every secret that is not sent along. */
            options?: Record<string, never>;
            /** @description When it is pulled; null: only by hand */
            schedule?: components["schemas"]["ScheduleDto"] | null;
            /** @description By what a first link may be made; a push has to name the one that it wants */
            matchKey?: ("username" | "email" | "phone")[];
            /**
             * @description The higher one wins where several sources state one person
             * @default 100
             */
            priority: number;
            policies?: components["schemas"]["PoliciesDto"];
        };
        CheckSourceBody: {
            /**
             * @description Id of the source adapter
             * @example push
             */
            type: string;
            /** @description What the configSchema of the adapter asks for */
            options?: Record<string, never>;
        };
        CheckErrorView: {
            /**
             * @description The option: by the names on the way to it, and by places in lists from 0, with dots or slashes between
             * @example proxy.port
             */
            field: string;
            /** @description What is wrong with it */
            message: string;
            /** @description Language tag → the message in that language, where its adapter knows it */
            texts?: {
                [key: string]: string;
            };
        };
        CheckView: {
            /** @description Whether it works like this */
            ok: boolean;
            /** @description What was found, or what to do */
            message: string;
            /** @description Language tag → the message in that language, where its adapter knows it */
            texts?: {
                [key: string]: string;
            };
            /** @description Options that are wrong */
            errors?: components["schemas"]["CheckErrorView"][];
        };
        CheckStoredSourceBody: {
            /** @description Tried instead of the stored ones, by the rules of a change; left out: as it is stored */
            options?: Record<string, never>;
        };
        LeavingLimitsView: {
            deletes: components["schemas"]["LimitView"];
            disables: components["schemas"]["LimitView"];
        };
        TargetTaskView: {
            /** @description Id of the task */
            id: number;
            /**
             * @description How the task came about
             * @enum {string}
             */
            kind: "pull" | "push" | "event" | "snapshot" | "undo" | "backfill" | "purge";
            /**
             * @description How it stands
             * @enum {string}
             */
            status: "queued" | "running" | "held" | "succeeded" | "partially_succeeded" | "failed" | "cancelled";
            /**
             * @description Why it is held
             * @enum {string}
             */
            heldReason?: "limits" | "empty" | "preview" | "new_target";
            /** @description It is cancelled because somebody rejected its plan */
            rejected?: boolean;
            /** @description Its read did not see everything; the task says what */
            incomplete?: boolean;
            /** @description How it ended, in words */
            message: string | null;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ended
             */
            finishedAt: string | null;
            /** @description Records that it could not apply there */
            failed: number;
        };
        TaskSourceView: {
            /** @description Id of the source */
            id: number;
            /** @description Name of the source */
            name: string;
        };
        TargetReviewView: {
            /** @description Id of the task whose plan is to be approved */
            taskId: number;
            /**
             * @description How that task stands
             * @enum {string}
             */
            status: "queued" | "running" | "held" | "succeeded" | "partially_succeeded" | "failed" | "cancelled";
            /** @description Its plan was rejected: a retry of the task makes a new one */
            rejected: boolean;
            /** @description Whose records wait for it */
            source: components["schemas"]["TaskSourceView"];
        };
        NoteView: {
            /**
             * @description What it says
             * @enum {string}
             */
            code: "said" | "unexpected" | "look_at_option" | "correct_settings" | "enter_credentials" | "grant_permission" | "tried_enough" | "workers_lost" | "worker_gone" | "worker_awaited" | "preview" | "preview_empty" | "would_be_held" | "new_target" | "gets_nothing" | "doubt" | "not_complete" | "uids_repeated" | "taken_back" | "back_by_undo" | "follows_elsewhere" | "disables_of" | "removed_in_part" | "read_cut" | "nobody_missing" | "cut_applied" | "cut_not_applied" | "records_failed" | "target_stopped" | "cancelled" | "cancelled_midway" | "cancelled_late" | "applied_before" | "replaced" | "rejected" | "preview_expired" | "source_disabled" | "source_deleted" | "source_removal" | "target_deleted" | "target_switched_off";
            /** @description Numbers and names in it */
            values: {
                [key: string]: unknown;
            };
            /** @description The sentence in English */
            message: string;
            /** @description Words of an adapter, or of an error, that stand in it */
            said?: string;
            /**
             * @description Language tag → `said` in that language, where its adapter knows it
             * @example {
             *       "zh-CN": "企业微信繁忙"
             *     }
             */
            texts?: {
                [key: string]: string;
            };
        };
        TargetAwayView: {
            /**
             * Format: date-time
             * @description When the first of its tries failed since it last took something
             */
            since: string;
            /** @description Id of the task that waits for it and is tried next */
            taskId: number;
            /** @description Whose records that task brings */
            source: components["schemas"]["TaskSourceView"];
            /**
             * Format: date-time
             * @description When it is tried again; null: at once, or a try runs
             */
            nextAttemptAt: string | null;
            /** @description Why the last try failed; null while another one runs */
            message: string | null;
            /** @description The sentences of the message, for readers of other languages */
            notes: components["schemas"]["NoteView"][];
        };
        TargetView: {
            /** @description Id of the target */
            id: number;
            /**
             * @description Unique name of the target
             * @example users
             */
            name: string;
            /**
             * @description Id of the target adapter
             * @example users
             */
            type: string;
            /** @description Whether records are applied here */
            enabled: boolean;
            /** @description Without secrets */
            options: Record<string, never>;
            /** @description Names of the secrets that are stored */
            secretsSet: string[];
            /** @description Only records of these sources go there; null: of all */
            sources: number[] | null;
            /** @description How much one task may take away there before it is held; null: the limits of the sources count */
            limits: components["schemas"]["LeavingLimitsView"] | null;
            /** @description It came with Rollcall: it is always on, for every source, and cannot be deleted */
            builtIn: boolean;
            /** @description Its newest task */
            lastTask: components["schemas"]["TargetTaskView"] | null;
            /** @description Sources of which nothing reaches it before their first plan was approved */
            reviews: components["schemas"]["TargetReviewView"][];
            /** @description It does not answer; null: as far as is known it does */
            away: components["schemas"]["TargetAwayView"] | null;
            /** @description Why it cannot be used: its adapter is not there, or cannot take over its options; null otherwise */
            adapterError: string | null;
            /** @description Language tag → `adapterError` in that language, as far as it is known */
            adapterErrorTexts?: {
                [key: string]: string;
            };
        };
        BacklogSourceView: {
            /** @description Id of the source */
            id: number;
            /** @description Name of the source */
            name: string;
            /**
             * @description Shown to admins
             * @example HTTP API
             */
            displayName: string;
        };
        SourceBacklogView: {
            /** @description Whose records they are */
            source: components["schemas"]["BacklogSourceView"];
            /** @description Records of the source that the target is for */
            records: number;
            /** @description Records that it lacks, or has as they were before */
            waiting: number;
            /** @description Records that it lacks because they failed at a target before it; they come when that is mended */
            blocked: number;
            /** @description Records that the last task of the source could not apply there */
            failed: number;
            /** @description That task; null when none did anything there lately */
            lastTaskId: number | null;
        };
        TargetBacklogView: {
            /** @description Sources that have said something which the target reads */
            sources: components["schemas"]["SourceBacklogView"][];
        };
        LeavingLimitsDto: {
            deletes?: components["schemas"]["LimitDto"];
            disables?: components["schemas"]["LimitDto"];
        };
        CreateTargetBody: {
            /**
             * @description Whether records are applied there. Switched on, its first plan for each source waits for approval.
             * @default true
             */
            enabled: boolean;
            /** @description What the configSchema of the adapter asks for. Replaces the stored ones; a secret that is left out stays, null clears it, and a change of host clears every secret that is not sent along. */
            options?: Record<string, never>;
            /** @description Ids of sources: only their records go there; null: those of all sources. What is there already of a source that is taken away stays, and is not looked after any more. */
            sources?: number[] | null;
            /** @description How much one task may take away there before it is held. Only for targets elsewhere: what is taken away in tables of this service counts against the limits of the source. */
            limits?: components["schemas"]["LeavingLimitsDto"];
            /**
             * @description Lower-case letters, digits and dashes; cannot be changed later
             * @example crm
             */
            name: string;
            /** @description Id of the target adapter */
            type: string;
        };
        UpdateTargetBody: {
            /**
             * @description Whether records are applied there. Switched on, its first plan for each source waits for approval.
             * @default true
             */
            enabled: boolean;
            /** @description What the configSchema of the adapter asks for. Replaces the stored ones; a secret that is left out stays, null clears it, and a change of host clears every secret that is not sent along. */
            options?: Record<string, never>;
            /** @description Ids of sources: only their records go there; null: those of all sources. What is there already of a source that is taken away stays, and is not looked after any more. */
            sources?: number[] | null;
            /** @description How much one task may take away there before it is held. Only for targets elsewhere: what is taken away in tables of this service counts against the limits of the source. */
            limits?: components["schemas"]["LeavingLimitsDto"];
        };
        CheckTargetBody: {
            /** @description Id of the target adapter */
            type: string;
            /** @description What the configSchema of the adapter asks for */
            options?: Record<string, never>;
        };
        CheckStoredTargetBody: {
            /** @description Tried instead of the stored ones, by the rules of a change; left out: as it is stored */
            options?: Record<string, never>;
        };
        ChangeCountsView: {
            /** @description Made */
            created: number;
            /** @description A stored value differed */
            updated: number;
            /** @description Disabled */
            disabled: number;
            /** @description Deleted, restorable */
            deleted: number;
            /** @description Came back */
            restored: number;
            /** @description Matched to what was there already */
            linked: number;
            /** @description Nothing to do */
            unchanged: number;
            /** @description Could not be applied; see the changes of the task */
            failed: number;
            /** @description Not applied: it moved on since the plan, or the task ended before it */
            stale: number;
        };
        DoubtView: {
            /**
             * @description `limit`: more would go than a limit allows; `empty`: a data type that the source used to have came back with none; `rejected`: the plan takes away what was rejected before
             * @enum {string}
             */
            kind: "limit" | "empty" | "rejected";
            /**
             * @description `limit`: which one
             * @enum {string}
             */
            limit?: "deletes" | "disables" | "memberships" | "cleared";
            /**
             * @description Of which records
             * @enum {string|null}
             */
            dataType?: "user" | "department" | null;
            /** @description `limit`: name of the target whose limit it is; null: a limit of the source */
            target?: string | null;
            /** @description `limit`, `rejected`: how much would go; what went lately counts */
            n?: number;
            /** @description `limit`: those of them that went within the last hour */
            recent?: number;
            /** @description `limit`: out of so many */
            live?: number;
            /** @description `limit`: more than this is too much */
            count?: number;
            /** @description `limit`: more than this part of `live`, in per cent, is too much */
            percent?: number;
            /** @description `limit` `cleared`: the fields that would lose values; `rejected`: the same, or an empty text alone where records leave */
            fields?: string[];
            /** @description `rejected`: id of the task that was rejected; null: it is not kept any more */
            taskId?: number | null;
        };
        TaskTargetView: {
            /** @description Id of the target */
            id: number;
            /** @description Name of the target */
            name: string;
        };
        TaskProgressView: {
            /**
             * @description The step that runs; null before the first
             * @enum {string|null}
             */
            step: "read" | "stage" | "plan" | "guard" | "apply" | "report" | null;
            /** @description Records done in this step */
            done: number;
            /** @description Records to do in this step, where that is known */
            total: number | null;
        };
        TaskView: {
            /** @description Id of the task */
            id: number;
            /**
             * @description Number for people: the day, and the number of the task
             * @example 20261122-17
             */
            batch: string;
            /**
             * @description How the task came about
             * @enum {string}
             */
            kind: "pull" | "push" | "event" | "snapshot" | "undo" | "backfill" | "purge";
            /**
             * @description Everything, or what changed since the last task
             * @enum {string}
             */
            mode: "full" | "incremental";
            /** @description Kind `undo`: id of the task that it takes back */
            undoes?: number;
            /** @description Id of the task that takes it back, or is about to: see `undone` */
            undoneBy?: number;
            /** @description What it did is taken back; absent: it stands, or its undo is still to be applied */
            undone?: boolean;
            /** @description All that failed was refused as it was sent, and stays so: to retry the task does nothing. Correct these records, and send them again */
            refusedOnly?: boolean;
            /** @description How many changes earlier attempts applied, while its plan waits or when its last attempt applied nothing. They stand whatever is decided; a plan that waits does not count them in `counts` */
            appliedBefore?: number;
            /** @description A preview: it plans and changes nothing */
            dryRun: boolean;
            /**
             * @description How it stands
             * @enum {string}
             */
            status: "queued" | "running" | "held" | "succeeded" | "partially_succeeded" | "failed" | "cancelled";
            /** @description Somebody cancelled it while it runs: it stops before its next step */
            cancelRequested?: boolean;
            /**
             * @description Why it is held
             * @enum {string}
             */
            heldReason?: "limits" | "empty" | "preview" | "new_target";
            /** @description It is cancelled because somebody rejected its plan */
            rejected?: boolean;
            /** @description Its read did not see everything: its notes say what */
            incomplete?: boolean;
            /** @description Of a plan that was held: what spoke against it */
            doubts?: components["schemas"]["DoubtView"][];
            /** @description Whose task it is */
            source: components["schemas"]["TaskSourceView"] | null;
            /** @description Of a backfill: the target that gets what it lacks */
            target?: components["schemas"]["TaskTargetView"];
            /** @description How far it is */
            progress: components["schemas"]["TaskProgressView"];
            /**
             * @description Data type → how many distinct records the task read, or was sent
             * @example {
             *       "user": 1215,
             *       "department": 14
             *     }
             */
            read: {
                [key: string]: number;
            };
            /** @description Name of a target → what happened there */
            counts: {
                [key: string]: components["schemas"]["ChangeCountsView"];
            };
            /**
             * @description Name of a target → data type → the same numbers, without what is 0: on `departments` those of user records are memberships. Not there for a purge, and for tasks from before it was counted
             * @example {
             *       "departments": {
             *         "department": {
             *           "created": 14
             *         },
             *         "user": {
             *           "updated": 1215
             *         }
             *       }
             *     }
             */
            countsByDataType: {
                [key: string]: {
                    [key: string]: {
                        [key: string]: number;
                    };
                };
            };
            /** @description How it stands or ended, in words */
            message: string | null;
            /** @description The sentences of the message, for readers of other languages; tasks from before they were kept have none */
            notes?: components["schemas"]["NoteView"][];
            /** @description Error code of a task that failed */
            code?: string;
            /** @description Milliseconds that it ran so far, without what it waited: for its turn, another try, a decision */
            costMs: number | null;
            /** @description How often it was begun */
            attempts: number;
            /**
             * Format: date-time
             * @description When it is tried again
             */
            nextAttemptAt?: string;
            /**
             * Format: date-time
             * @description When it was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was begun
             */
            startedAt: string | null;
            /**
             * Format: date-time
             * @description When its source was first asked
             */
            readBeganAt?: string;
            /**
             * Format: date-time
             * @description When everything was read
             */
            readAt?: string;
            /**
             * Format: date-time
             * @description When its plan was released to be applied
             */
            releasedAt?: string;
            /**
             * Format: date-time
             * @description When somebody approved its plan
             */
            approvedAt?: string;
            /**
             * @description Who approved or rejected its plan: the name of the account or API key at that time
             * @example admin
             */
            decidedBy?: string;
            /**
             * Format: date-time
             * @description When it ended
             */
            finishedAt: string | null;
        };
        ShownDifference: {
            /** @description Name of the field */
            field: string;
            /** @description The value until then; absent: there was none */
            before?: (string | number | boolean | unknown[] | {
                [key: string]: unknown;
            }) | null;
            /** @description The value from then on; absent: none */
            after?: (string | number | boolean | unknown[] | {
                [key: string]: unknown;
            }) | null;
            /** @description Uids in `after` that nothing resolves yet: what they refer to is set by the task that brings it */
            waits?: string[];
        };
        ChangeView: {
            /** @description Error code of a failure, or of why its target wants the change again later */
            code?: string;
            /** @description The field that this is about */
            field?: string;
            /** @description What is wrong and what to do */
            message?: string;
            /**
             * @description Language tag → `message` in that language, as far as it is known
             * @example {
             *       "fr": "La valeur de email est déjà utilisée par l’utilisateur 7."
             *     }
             */
            texts?: {
                [key: string]: string;
            };
            /**
             * @description Uid → title of departments that `diff` names, as the source of the task calls them
             * @example {
             *       "it": "Information technology"
             *     }
             */
            departmentTitles?: {
                [key: string]: string;
            };
            /**
             * @description Uid → name of people whom `diff` names, as the source of the task calls them
             * @example {
             *       "w1": "Ada Lovelace"
             *     }
             */
            peopleNames?: {
                [key: string]: string;
            };
            /**
             * @description Number → name of users whom `diff` names by number, because the source does not know them
             * @example {
             *       "26": "Ada Lovelace"
             *     }
             */
            userNames?: {
                [key: string]: string;
            };
            /** @description Name of the target */
            target: string;
            /**
             * @description What the record is
             * @enum {string}
             */
            dataType: "user" | "department";
            /** @description Uid of the record; null when it had none that could be read */
            uid: string | null;
            /** @description Nickname, title or username that the record says; null: it says none, or is not known */
            name: string | null;
            /** @description Id of the user or department that the record stands for now; null: there is none */
            resourceId: number | null;
            /**
             * @description What the record needs; null when it failed before that was known
             * @enum {string|null}
             */
            action: "create" | "update" | "disable" | "delete" | "restore" | "link" | null;
            /**
             * @description What happened to the change
             * @enum {string}
             */
            outcome: "applied" | "failed" | "stale" | "held" | "planned";
            /** @description Place of the record in what was read or sent, from 0; null: it was not in it, or is not known any more */
            position: number | null;
            /** @description Field by field. `status` (`active`, `disabled`, `deleted`) stands there when the change disables, deletes or restores; `uid` without `after` when an undo takes the record from whom it was linked to */
            diff: components["schemas"]["ShownDifference"][];
        };
        FailureGroupView: {
            /**
             * @description Language tag → `message` in that language, as far as it is known
             * @example {
             *       "fr": "La valeur de email est déjà utilisée par l’utilisateur 7."
             *     }
             */
            texts?: {
                [key: string]: string;
            };
            /** @description Name of the target */
            target: string;
            /**
             * @description Of which records
             * @enum {string}
             */
            dataType: "user" | "department";
            /** @description Error code of all of them */
            code: string;
            /** @description The field that all of them are about */
            field: string | null;
            /** @description How many */
            n: number;
            /** @description What is wrong with one of them, and what to do */
            message: string;
            /**
             * @description Who can put it right: an `admin` in Rollcall or in the source, the `operator` of the machine, or the `caller`: whoever sends the records
             * @enum {string}
             */
            party: "admin" | "operator" | "caller";
            /** @description Trying again may help without changing anything */
            retryable: boolean;
        };
        SyncBody: {
            /**
             * @description `incremental`: only what changed since the last task, where the adapter can tell
             * @default full
             * @enum {string}
             */
            mode: "full" | "incremental";
            /**
             * @description Plan only: the task is held as a preview
             * @default false
             */
            dryRun: boolean;
        };
        OpenSnapshotBody: {
            /** @description Whose people it is; absent: see sourceName */
            sourceId?: number;
            /** @description The same by name; both absent: the key's source, else `api` */
            sourceName?: string;
            /** @description What it holds everything of */
            dataTypes: ("user" | "department")[];
            /** @description Field by which a record may take over an existing user: username, email or phone */
            matchKey?: string;
        };
        SnapshotSourceView: {
            /** @description Id of the source */
            id: number;
            /** @description Name of the source */
            name: string;
        };
        SnapshotView: {
            /** @description Id of the snapshot */
            id: number;
            /** @description Whose people it is */
            source: components["schemas"]["SnapshotSourceView"];
            /** @description What it holds everything of */
            dataTypes: ("user" | "department")[];
            /** @description The task that it became; null while it is open */
            taskId: number | null;
            /**
             * Format: date-time
             * @description When it was opened
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it goes, unless it is committed before
             */
            expiresAt: string;
        };
        TakenCounts: {
            /** @description Distinct records of the request */
            all: number;
            /** @description Taken */
            success: number;
            /** @description Refused; who they are is seen all the same, so that nobody is missing for a mistake */
            failed: number;
        };
        FailedRecordView: {
            /** @description The record as it was sent */
            record: Record<string, never>;
            /** @description What is wrong, in words */
            message: string;
            /** @description What is wrong, for programs */
            code: string;
            /** @description Where */
            field: string | null;
        };
        TakenRecordsView: {
            /** @description Counts of this request */
            count: components["schemas"]["TakenCounts"];
            /** @description Records that were refused */
            failedRecords: components["schemas"]["FailedRecordView"][];
            /** @description What was left out of records that were taken */
            warnings?: Record<string, never>[];
        };
        ExpectedCounts: {
            /** @description Distinct uids of users that were sent */
            user?: number;
            /** @description Distinct uids of departments that were sent */
            department?: number;
        };
        CommitSnapshotBody: {
            /** @description How many distinct uids were sent of each data type of the snapshot */
            expected: components["schemas"]["ExpectedCounts"];
            /** @description Plan only; the task is held as a preview */
            dryRun?: boolean;
        };
        ProvenanceView: {
            /**
             * @description Name of the source whose value it is
             * @example api
             */
            source: string;
            /** @description The task with which that source last changed it; null when it is not kept any more */
            taskId: number | null;
            /**
             * Format: date-time
             * @description When; null when that is not kept any more
             */
            updatedAt: string | null;
        };
        PersonView: {
            /** @description Id of the user */
            id: number;
            /** @description Name to show */
            nickname: string | null;
        };
        UserDepartmentView: {
            /** @description Id of the department */
            id: number;
            /** @description Title of the department */
            title: string;
            /** @description The user's main department */
            isMain: boolean;
            /** @description The user owns the department */
            isOwner: boolean;
            /** @description An admin says so: survives every sync */
            byHand: boolean;
            /**
             * @description Names of the sources that say so
             * @example [
             *       "api"
             *     ]
             */
            sources: string[];
        };
        LinkView: {
            /** @description Id of the link, to take it away with */
            id: number;
            /**
             * @description Name of the source
             * @example api
             */
            source: string | null;
            /** @description The source's own id of it. One that left, and whose uid is another one's by now, has `<uid>#<record id>` */
            uid: string;
            /** @description The task that last applied something from there; null when it is no longer kept */
            taskId: number | null;
            /**
             * Format: date-time
             * @description When that task ended, or began
             */
            updatedAt: string | null;
        };
        UserView: {
            /** @description Id of the user; it stays the same, also through deletion and restoring */
            id: number;
            /**
             * @description Unique without regard to case
             * @example wang.fang
             */
            username: string | null;
            /**
             * @description Name to show
             * @example 王芳
             */
            nickname: string | null;
            /** @description Unique without regard to case */
            email: string | null;
            /** @description Unique */
            phone: string | null;
            /**
             * @description Deleted users keep their row, so that they can come back
             * @enum {string}
             */
            status: "active" | "disabled" | "deleted";
            /** @description Manager; null also while the manager is deleted */
            manager: components["schemas"]["PersonView"] | null;
            /** @description Id of the main department */
            mainDepartmentId: number | null;
            /** @description Every department, the main one first */
            departments: components["schemas"]["UserDepartmentView"][];
            /**
             * @description Custom fields, by name
             * @example {
             *       "costCentre": "4711"
             *     }
             */
            custom: {
                [key: string]: unknown;
            };
            /** @description No sync touches this user */
            protected: boolean;
            /**
             * @description Fields that were set by hand: no sync touches them. `managerUid` is the manager
             * @example [
             *       "nickname",
             *       "status"
             *     ]
             */
            lockedFields: string[];
            /** @description The records behind this user */
            links: components["schemas"]["LinkView"][];
            /**
             * @description For each field that a source set: which one. When several state it, the one that won
             * @example {
             *       "nickname": {
             *         "source": "hr",
             *         "taskId": 7,
             *         "updatedAt": "2026-01-31T08:00:00.000Z"
             *       }
             *     }
             */
            provenance: {
                [key: string]: components["schemas"]["ProvenanceView"];
            };
            /**
             * Format: date-time
             * @description When the user was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When a field last changed
             */
            updatedAt: string;
            /**
             * Format: date-time
             * @description Until when a deleted user can be restored for certain; null: not deleted, or protected
             */
            purgedAfter: string | null;
        };
        ChangingTaskView: {
            /** @description Id of the task */
            id: number;
            /**
             * @description How the task came about
             * @enum {string}
             */
            kind: "pull" | "push" | "event" | "snapshot" | "undo" | "backfill" | "purge";
            /** @description Name of its source */
            source: string | null;
        };
        HandView: {
            /**
             * @description What kind of caller
             * @enum {string}
             */
            kind: "admin" | "key" | "system";
            /** @description Named as then */
            name: string;
        };
        ChangedMembershipView: {
            /** @description Id of the department */
            id: number;
            /** @description What it is called now; null: it was removed for good */
            title: string | null;
            /** @description `membership.put`: whether it was made the main department */
            isMain?: boolean;
            /** @description `membership.put`: whether the user was made an owner of it */
            isOwner?: boolean;
        };
        HandLinkedRecordView: {
            /** @description Its uid now */
            uid: string;
            /** @description Name of its source */
            source: string;
        };
        UserChangeView: {
            /** @description Error code of a failure, or of why its target wants the change again later */
            code?: string;
            /** @description The field that this is about */
            field?: string;
            /** @description What is wrong and what to do */
            message?: string;
            /**
             * @description Language tag → `message` in that language, as far as it is known
             * @example {
             *       "fr": "La valeur de email est déjà utilisée par l’utilisateur 7."
             *     }
             */
            texts?: {
                [key: string]: string;
            };
            /**
             * @description Uid → title of departments that `diff` names, as the source of the task calls them
             * @example {
             *       "it": "Information technology"
             *     }
             */
            departmentTitles?: {
                [key: string]: string;
            };
            /**
             * @description Uid → name of people whom `diff` names, as the source of the task calls them
             * @example {
             *       "w1": "Ada Lovelace"
             *     }
             */
            peopleNames?: {
                [key: string]: string;
            };
            /**
             * @description Number → name of users whom `diff` names by number, because the source does not know them
             * @example {
             *       "26": "Ada Lovelace"
             *     }
             */
            userNames?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When: of a task, its end
             */
            at: string;
            /** @description The task that did it; null: a hand */
            task: components["schemas"]["ChangingTaskView"] | null;
            /** @description Who did it by hand; null: a task */
            by: components["schemas"]["HandView"] | null;
            /** @description Name of the target; null: by hand */
            target: string | null;
            /** @description Uid of the record that asked for it; null: by hand */
            uid: string | null;
            /**
             * @description Of a task: what the record needed; null when it failed before that was known. By hand: as in the audit. `department.delete`, `department.restore`: what became of a department that sources or hands put the user into; while it is deleted they are not in it
             * @enum {string|null}
             */
            action: "create" | "update" | "disable" | "delete" | "restore" | "link" | "user.create" | "user.update" | "user.delete" | "user.restore" | "user.release" | "user.sync" | "link.create" | "link.delete" | "membership.put" | "membership.delete" | "department.delete" | "department.restore" | null;
            /**
             * @description What became of it
             * @enum {string}
             */
            outcome: "applied" | "failed" | "stale";
            /** @description Field by field. Only operators see the values from before; nothing for a create. By hand as long as changes are kept, a manager by name */
            diff: components["schemas"]["ShownDifference"][];
            /**
             * @description By hand: names of the fields that changed
             * @example [
             *       "nickname"
             *     ]
             */
            fields?: string[];
            /** @description Of a change without differences: references of its record that wait still */
            waits?: {
                field: string;
                uid: string;
            }[];
            /** @description By hand: names of the fields that were locked, those that changed included */
            locked?: string[];
            /** @description By hand: names of the fields that were unlocked */
            unlocked?: string[];
            /** @description By hand: whether the user was protected, or no longer is; absent: as before */
            protected?: boolean;
            /** @description `membership.put`, `membership.delete`, `department.delete`, `department.restore`: the department */
            department?: components["schemas"]["ChangedMembershipView"];
            /** @description `link.create`, `link.delete`: the record; absent when it was not known then, or is not any more */
            record?: components["schemas"]["HandLinkedRecordView"];
        };
        NewUserDepartment: {
            /** @description Id of the department */
            id: number;
            /**
             * @description The main department; the first one if none is
             * @default false
             */
            isMain: boolean;
            /**
             * @description The user owns the department
             * @default false
             */
            isOwner: boolean;
        };
        NewUserBody: {
            /** @description Unique; null or "" clears it */
            username?: string | null;
            /** @description Name to show; null or "" clears it */
            nickname?: string | null;
            /** @description Unique; null or "" clears it */
            email?: string | null;
            /** @description Unique; null or "" clears it */
            phone?: string | null;
            /** @description Id of the manager; null: none */
            managerId?: number | null;
            /**
             * @description A status set here is lifted only here
             * @enum {string}
             */
            status?: "active" | "disabled";
            /**
             * @description Custom fields to set; null or "" removes one, others stay
             * @example {
             *       "costCentre": "4711"
             *     }
             */
            custom?: {
                [key: string]: unknown;
            };
            /** @description Departments of the user, in order */
            departments?: components["schemas"]["NewUserDepartment"][];
        };
        UserPatch: {
            /** @description Unique; null or "" clears it */
            username?: string | null;
            /** @description Name to show; null or "" clears it */
            nickname?: string | null;
            /** @description Unique; null or "" clears it */
            email?: string | null;
            /** @description Unique; null or "" clears it */
            phone?: string | null;
            /** @description Id of the manager; null: none */
            managerId?: number | null;
            /**
             * @description A status set here is lifted only here
             * @enum {string}
             */
            status?: "active" | "disabled";
            /**
             * @description Custom fields to set; null or "" removes one, others stay
             * @example {
             *       "costCentre": "4711"
             *     }
             */
            custom?: {
                [key: string]: unknown;
            };
            /** @description No sync touches a protected user */
            protected?: boolean;
            /**
             * @description The fields that stay locked; those that this request changes are added. What a source says about a field that is no longer locked is applied with its next sync
             * @example [
             *       "nickname"
             *     ]
             */
            lockedFields?: string[];
            /**
             * @description Fields to lock besides those that are
             * @example [
             *       "nickname"
             *     ]
             */
            lock?: string[];
            /**
             * @description Fields to lock no more, of those that are; what this request changes is locked all the same
             * @example [
             *       "nickname"
             *     ]
             */
            unlock?: string[];
        };
        ReleaseBody: {
            /**
             * @description Field by the name that it has in records; `status` is whether the user is disabled
             * @example username
             */
            field: string;
        };
        ParentView: {
            /** @description Id of the department */
            id: number;
            /** @description Title of the department */
            title: string;
        };
        DepartmentView: {
            /** @description Id of the department; it stays the same, also through deletion and restoring */
            id: number;
            /**
             * @description Name to show
             * @example Research
             */
            title: string;
            /** @description Id of the parent; null: a root, or the parent is deleted */
            parentId: number | null;
            /** @description The departments above it, the root first */
            path: components["schemas"]["ParentView"][];
            /** @description Place among its siblings */
            sort: number | null;
            /** @description Has no children */
            isLeaf: boolean;
            /** @description Members of this department itself, without those of its children; 10000: so many or more */
            memberCount: number;
            /** @description Who owns it */
            owners: components["schemas"]["PersonView"][];
            /** @description Custom fields, by name */
            custom: {
                [key: string]: unknown;
            };
            /**
             * @description Fields that were set by hand: no sync touches them. `parentUid` is the parent
             * @example [
             *       "title"
             *     ]
             */
            lockedFields: string[];
            /** @description The records behind this department */
            links: components["schemas"]["LinkView"][];
            /**
             * @description For each field that a source set: which one. When several state it, the one that won
             * @example {
             *       "nickname": {
             *         "source": "hr",
             *         "taskId": 7,
             *         "updatedAt": "2026-01-31T08:00:00.000Z"
             *       }
             *     }
             */
            provenance: {
                [key: string]: components["schemas"]["ProvenanceView"];
            };
            /**
             * Format: date-time
             * @description When the department was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When a field last changed
             */
            updatedAt: string;
        };
        NewDepartmentBody: {
            /** @description Id of the parent; null: a root */
            parentId?: number | null;
            /** @description Place among its siblings */
            sort?: number | null;
            /** @description Custom fields to set; null or "" removes one, others stay */
            custom?: {
                [key: string]: unknown;
            };
            /** @description Name to show */
            title: string;
        };
        DepartmentPatch: {
            /** @description Id of the parent; null: a root */
            parentId?: number | null;
            /** @description Place among its siblings */
            sort?: number | null;
            /** @description Custom fields to set; null or "" removes one, others stay */
            custom?: {
                [key: string]: unknown;
            };
            /** @description Name to show; a department cannot be without */
            title?: string;
            /**
             * @description The fields that stay locked; those that this request changes are added
             * @example [
             *       "title"
             *     ]
             */
            lockedFields?: string[];
            /**
             * @description Fields to lock besides those that are
             * @example [
             *       "title"
             *     ]
             */
            lock?: string[];
            /**
             * @description Fields to lock no more, of those that are; what this request changes is locked all the same
             * @example [
             *       "title"
             *     ]
             */
            unlock?: string[];
        };
        MembershipBody: {
            /**
             * @description The user owns the department
             * @default false
             */
            isOwner: boolean;
            /**
             * @description Makes it the user's main department, whatever sources say. False withdraws only that wish
             * @default false
             */
            isMain: boolean;
        };
        MembershipView: {
            /** @description Id of the department */
            departmentId: number;
            /** @description Id of the user */
            userId: number;
            /** @description Somebody says that the user is in the department */
            isMember: boolean;
            /** @description The user's main department */
            isMain: boolean;
            /** @description The user owns the department */
            isOwner: boolean;
            /** @description An admin says so: survives every sync */
            byHand: boolean;
            /**
             * @description Names of the sources that say so
             * @example [
             *       "api"
             *     ]
             */
            sources: string[];
        };
        NewLinkBody: {
            /** @description Id of the source */
            sourceId: number;
            /** @description The source's own id of the user; it need not have been stated yet */
            uid: string;
            /** @description Id of the user, who may be protected */
            userId: number;
        };
        FeedMembershipView: {
            /** @description Id of the department */
            id: number;
            /** @description The user's main department */
            isMain: boolean;
            /** @description The user owns it: by what is said of the user, or because the department names them */
            isOwner: boolean;
        };
        FeedLinkView: {
            /**
             * @description Name of the source
             * @example hr
             */
            source: string;
            /**
             * @description The source's own id of it
             * @example 1042
             */
            uid: string;
        };
        FeedUserView: {
            /** @description Id of the user */
            id: number;
            /** @description Unique without regard to case */
            username: string | null;
            /** @description Name to show */
            nickname: string | null;
            /** @description Unique without regard to case */
            email: string | null;
            /** @description Unique */
            phone: string | null;
            /**
             * @description Deleted ones may be restored until they are purged
             * @enum {string}
             */
            status: "active" | "disabled" | "deleted";
            /** @description Id of the manager as stated. One who is deleted counts for none, until they are restored */
            managerId: number | null;
            /** @description Departments that are not deleted, the main one first */
            departments: components["schemas"]["FeedMembershipView"][];
            /** @description Custom fields, by name */
            custom: {
                [key: string]: unknown;
            };
            /** @description No sync touches this user */
            protected: boolean;
            /** @description Fields that were set by hand */
            lockedFields: string[];
            /** @description Which sources state it */
            links: components["schemas"]["FeedLinkView"][];
            /**
             * Format: date-time
             * @description When the user was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When a field last changed
             */
            updatedAt: string;
        };
        FeedDepartmentView: {
            /** @description Id of the department */
            id: number;
            /** @description Title */
            title: string;
            /**
             * @description Deleted ones may be restored until they are purged
             * @enum {string}
             */
            status: "active" | "deleted";
            /** @description Id of the parent as stated. One that is deleted counts for none, until it is restored */
            parentId: number | null;
            /** @description Order among its siblings */
            sort: number | null;
            /** @description Ids of the owners that the department names, without deleted users. Whoever owns it by their membership says so as a user */
            ownerIds: number[];
            /** @description Custom fields, by name */
            custom: {
                [key: string]: unknown;
            };
            /** @description Fields that were set by hand */
            lockedFields: string[];
            /** @description Which sources state it */
            links: components["schemas"]["FeedLinkView"][];
            /**
             * Format: date-time
             * @description When the department was made
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When a field last changed
             */
            updatedAt: string;
        };
        FeedTaskView: {
            /** @description Id of the task; its changes say field by field what it did */
            id: number;
            /** @description Name of its source; null: it has none, or is not kept any more */
            source: string | null;
        };
        FeedEntryView: {
            /** @description Go on with this one as `after` when everything up to this entry is done */
            cursor: string;
            /**
             * @description What the entry is about
             * @enum {string}
             */
            dataType: "user" | "department";
            /** @description Id of the user or department */
            id: number;
            /**
             * @description What happened to it. `exists`: nothing, it is there. `purged`: it is gone for good, with all that names it
             * @enum {string}
             */
            action: "exists" | "created" | "updated" | "disabled" | "deleted" | "restored" | "purged";
            /**
             * Format: date-time
             * @description When; null: `exists`
             */
            at: string | null;
            /** @description The task that did it; null: a hand, or `exists` */
            task: components["schemas"]["FeedTaskView"] | null;
            /** @description How it stands now, which may be later than the entry: then what changed it in between is told further on. Null: it has been purged */
            current: (components["schemas"]["FeedUserView"] | components["schemas"]["FeedDepartmentView"]) | null;
        };
        FeedView: {
            /** @description In their order */
            items: components["schemas"]["FeedEntryView"][];
            /** @description `after` of the next request, also when there was nothing */
            next: string;
            /** @description There may be more already: ask again at once */
            more: boolean;
            /**
             * @description `everything`: it still tells what there is. `changes`: that was told before, and whatever else a copy holds is not there any more
             * @enum {string}
             */
            phase: "everything" | "changes";
        };
        LiveView: {
            /**
             * @description Always `ok`: a process that cannot say so does not answer
             * @example ok
             */
            status: string;
        };
        ReadyView: {
            /**
             * @description Always `ok`: a process that cannot say so does not answer
             * @example ok
             */
            status: string;
            /**
             * @description What was looked at
             * @example {
             *       "postgres": {
             *         "status": "up"
             *       },
             *       "redis": {
             *         "status": "up"
             *       },
             *       "adapters": {
             *         "status": "up",
             *         "loaded": 4,
             *         "missing": 0
             *       },
             *       "admin": {
             *         "status": "up"
             *       }
             *     }
             */
            checks: {
                [key: string]: {
                    /** @enum {string} */
                    status?: "up" | "down";
                };
            };
        };
        ServerCheckView: {
            /**
             * @description Whether it answers within three seconds
             * @enum {string}
             */
            status: "up" | "down";
            /** @description How long it took to answer, in milliseconds */
            ms: number | null;
            /**
             * @description Its version, as it says
             * @example 18.4
             */
            version: string | null;
        };
        WorkerCheckView: {
            /**
             * @description `up` when a process waits for tasks; `unknown` when Redis is away or does not tell its clients apart
             * @enum {string}
             */
            status: "up" | "down" | "unknown";
            /** @description Processes that wait for tasks */
            processes: number | null;
        };
        MissingAdapterView: {
            /**
             * @description What it should do
             * @enum {string|null}
             */
            kind: "source" | "target" | null;
            /** @description Its id, or its package when not even that is known */
            id: string;
            /** @description Why it could not be loaded; null when its package was not named */
            error: string | null;
        };
        AdaptersCheckView: {
            /** @description How many are there */
            loaded: number;
            /** @description Added, named in ROLLCALL_ADAPTERS or needed by a source or a target, and not there */
            missing: components["schemas"]["MissingAdapterView"][];
        };
        ChecksView: {
            /** @description Postgres, which holds everything */
            postgres: components["schemas"]["ServerCheckView"];
            /** @description Redis, which hands tasks to workers */
            redis: components["schemas"]["ServerCheckView"];
            /** @description The processes that run tasks */
            workers: components["schemas"]["WorkerCheckView"];
            /** @description The adapters of this process */
            adapters: components["schemas"]["AdaptersCheckView"];
        };
        QueueView: {
            /** @description Tasks whose turn it is, or that wait for another one of their source */
            waiting: number;
            /** @description Tasks that failed for now and are tried again later */
            retrying: number;
            /** @description Tasks that run */
            running: number;
            /** @description Plans that wait for an admin; previews do not count */
            held: number;
            /**
             * Format: date-time
             * @description Since when the oldest of the waiting tasks waits
             */
            oldestWaitingSince: string | null;
        };
        VersionsView: {
            /**
             * @description Version of Rollcall
             * @example 0.1.0
             */
            rollcall: string;
            /**
             * @description Version of Node.js
             * @example 20.20.2
             */
            node: string;
            /** @description Version of the contract that adapters are written for */
            contract: number;
        };
        ProcessView: {
            /**
             * @description What the process that answers does
             * @enum {string}
             */
            role: "all" | "api" | "worker";
            /**
             * Format: date-time
             * @description Since when it runs
             */
            startedAt: string;
            /** @description Memory that it holds, in bytes */
            memory: number;
        };
        TaskDayView: {
            /**
             * @description The day, in the time zone that was asked for
             * @example 2026-11-27
             */
            date: string;
            /** @description Tasks that succeeded */
            succeeded: number;
            /** @description Tasks of which something failed */
            partiallySucceeded: number;
            /** @description Tasks that failed */
            failed: number;
            /** @description Tasks that were cancelled, rejected or replaced */
            cancelled: number;
            /** @description Records that the tasks of the day read */
            records: number;
            /** @description Records a second while such tasks ran; null when none did. Tasks that were tried again do not count */
            recordsPerSecond: number | null;
        };
        SystemView: {
            /** @description What the service needs, looked at now */
            checks: components["schemas"]["ChecksView"];
            /** @description What there is to do */
            queue: components["schemas"]["QueueView"];
            /** @description What runs */
            versions: components["schemas"]["VersionsView"];
            /** @description The process that answers */
            process: components["schemas"]["ProcessView"];
            /** @description The last 30 days, today last; days before today are up to an hour old */
            days: components["schemas"]["TaskDayView"][];
        };
        /**
         * @description The kind of problem, for programs
         * @enum {string}
         */
        ErrorCode: "bad_json" | "invalid_request" | "unknown_field" | "match_key_not_allowed" | "payload_too_large" | "too_many_records" | "unauthenticated" | "forbidden" | "cross_site" | "not_found" | "source_unknown" | "source_disabled" | "conflict" | "idempotency_conflict" | "snapshot_incomplete" | "snapshot_committed" | "task_not_retryable" | "task_not_cancellable" | "task_not_held" | "task_not_undoable" | "feed_cursor_expired" | "too_many_requests" | "not_an_object" | "uid_missing" | "uid_invalid" | "duplicate_uid" | "record_too_large" | "invalid_type" | "invalid_text" | "invalid_email" | "unsafe_integer" | "title_required" | "username_taken" | "email_taken" | "phone_taken" | "uid_taken" | "match_ambiguous" | "match_taken" | "match_protected" | "department_cycle" | "blocked" | "rejected_by_target" | "configuration" | "credentials" | "permission" | "adapter_missing" | "vendor_busy" | "network" | "read_interrupted" | "cursor_expired" | "bad_answer" | "adapter_invalid" | "lease_lost" | "unavailable" | "internal";
        /**
         * @description The reason
         * @enum {string}
         */
        ReasonCode: "password_changed" | "key_revoked" | "source_disabled" | "source_being_deleted" | "sync_of_disabled" | "retry_of_disabled" | "later_plan_waits" | "source_is_pushed" | "full_reads_only" | "source_built_in" | "source_at_work" | "source_removal_waits" | "source_keeps_people" | "source_removal_unheard" | "removal_of_enabled" | "task_source_deleted" | "task_target_deleted" | "task_target_off" | "snapshot_outdated" | "task_moved_on" | "undo_before_end" | "undone_already" | "undo_of_purge" | "undo_without_source" | "undo_too_late" | "nothing_to_undo" | "target_built_in" | "target_at_work" | "user_deleted" | "user_stated" | "department_stated" | "department_in_use" | "user_protected" | "user_not_stated" | "linked_already" | "record_linked" | "record_gone" | "user_linked" | "deleted_holds_nothing" | "field_not_held" | "values_taken" | "membership_stated";
        ReasonView: {
            /** @description The reason */
            code: components["schemas"]["ReasonCode"];
            /** @description Numbers and names in it */
            values: {
                [key: string]: unknown;
            };
        };
        RuleParamsView: {
            /** @description `minimum`, `maxLength`, `minItems` and the like: the number */
            limit?: number;
            /** @description `multipleOf`: the number */
            multipleOf?: number;
            /** @description `type`: the type, or those that are possible */
            type?: string | string[];
            /** @description `enum`: the values */
            allowedValues?: unknown[];
        };
        ProblemErrorView: {
            /**
             * @description JSON pointer into the body or the query
             * @example /records/3/uid
             */
            pointer: string;
            /**
             * @description What rule was broken
             * @example uid_missing
             */
            code: string;
            /** @description What is wrong with it */
            message: string;
            /** @description Of an option that breaks a rule of its adapter’s schema: what the rule asks for, for other languages */
            params?: components["schemas"]["RuleParamsView"];
            /** @description Of a value that somebody else has: the id of that user */
            holder?: number;
        };
        ProblemView: {
            /**
             * @description Names the kind of problem
             * @example urn:rollcall:problem:task_not_held
             */
            type: string;
            /**
             * @description The kind of problem in words
             * @example Task not held
             */
            title: string;
            /**
             * @description HTTP status
             * @example 409
             */
            status: number;
            /** @description The kind of problem, for programs */
            code: components["schemas"]["ErrorCode"];
            /** @description What is wrong here, and what to do about it */
            detail: string;
            /** @description Where an admin is refused and `code` alone does not say why: the reason, to be said in other languages */
            reason?: components["schemas"]["ReasonView"];
            /** @description The places in the input that are wrong */
            errors?: components["schemas"]["ProblemErrorView"][];
            /** @description Finds the lines about this request in the log */
            requestId: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "TaskFilesController.lines": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
                /** @description Lines that matter at least as much */
                level?: "trace" | "debug" | "info" | "warn" | "error" | "fatal";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LogLineView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TaskFilesController.raw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The records, gzip-compressed for clients that take it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TaskFilesController.rawRecord": {
        parameters: {
            query: {
                /** @description What the record is */
                dataType: "user" | "department";
                /** @description Uid of the record */
                uid?: string;
                /** @description Instead, of a record without a readable uid: its `position` among the changes */
                position?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawRecordsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdaptersController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdapterDto"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdaptersController.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What it does */
                kind: "source" | "target";
                /** @description Id of the adapter */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterDetailDto"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AuditController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
                /** @description Only what was done to this */
                subject?: string;
                /** @description Only actions that begin like this */
                action?: string;
                /** @description Only from this moment on */
                since?: string;
                /** @description Only before this moment */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntryView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AuthController.signIn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AuthController.signOut": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AuthController.me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AuthController.changePassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AuthController.invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AuthController.acceptInvitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitationBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "ApiKeysController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKeyView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "ApiKeysController.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKeyView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "ApiKeysController.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is unknown from now on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdminsController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdminsController.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAdminView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdminsController.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdminsController.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdminPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdminsController.invite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "AdminsController.withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No link works any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SourcesController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SourceView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SourcesController.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSourceBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SourcesController.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SourceDeletionController.delete": {
        parameters: {
            query: {
                /** @description keep: its people stay; a new source of the same name and type takes its records back for 30 days. remove: a task first removes whom only this source states */
                people: "keep" | "remove";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `people=remove`: the task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description `people=keep`: it is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SourcesController.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateSourceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SourcesController.check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckSourceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SourcesController.checkStored": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckStoredSourceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TargetView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTargetBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateTargetBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.backlog": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetBacklogView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckTargetBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TargetsController.checkStored": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckStoredTargetBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
                /** @description Tasks of this source */
                sourceId?: number;
                /** @description Tasks that did something on this target, or fill it up */
                targetId?: number;
                /** @description Tasks that stand like this */
                status?: "queued" | "running" | "held" | "succeeded" | "partially_succeeded" | "failed" | "cancelled";
                /** @description Tasks that came about like this */
                kind?: "pull" | "push" | "event" | "snapshot" | "undo" | "backfill" | "purge";
                /** @description Only those that somebody should look at: held ones other than previews, reads that failed or were cut short, until one does better, of each source the latest task when it failed, and failed ones until what failed is made up for. With `status=partially_succeeded` those as well that left something behind, until that is made up for */
                attention?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TaskView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.changes": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Changes of records whose uid begins like this, in capitals or not, or whose name contains it (from three characters on; else begins with it) */
                q?: string;
                /** @description Name of a target */
                target?: string;
                /** @description Changes of records of this kind */
                dataType?: "user" | "department";
                /** @description What the record needs */
                action?: "create" | "update" | "disable" | "delete" | "restore" | "link";
                /** @description What happened to the change */
                outcome?: "applied" | "failed" | "stale" | "held";
                /** @description Changes of the record with this uid */
                uid?: string;
                /** @description Failures with this error code */
                code?: string;
                /** @description Failures that are about this field of the record */
                field?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ChangeView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.failures": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FailureGroupView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.sync": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SyncBody"];
            };
        };
        responses: {
            /** @description The task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.reject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "TasksController.undo": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description `task_not_undoable`: it is not over, applied nothing, or is undone already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "PushController.push": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body gives the first answer again for 24 hours */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 at once and run in the queue */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    dataType: "user" | "department";
                    /** @description Field by which a record may take over an existing user: username, email or phone */
                    matchKey?: string;
                    /** @description Absent: the key's source, else `api` */
                    sourceName?: string;
                    /** @description Plan only; the task is held as a preview */
                    dryRun?: boolean;
                    records: ({
                        /** @description Your system's id that never changes */
                        uid: string;
                        /** @description Absent means false */
                        isDeleted?: boolean;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
        responses: {
            /** @description The push ran to its end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data?: {
                            /** @enum {integer} */
                            code?: 0;
                            /** @enum {string} */
                            message?: "success";
                            /** @enum {string} */
                            status?: "succeeded" | "partially_succeeded" | "failed";
                            summary?: string;
                            taskId?: number;
                            result?: {
                                /** @description Name of the target */
                                resource?: string;
                                detail?: {
                                    count?: {
                                        all?: number;
                                        success?: number;
                                        failed?: number;
                                    };
                                    failedRecords?: {
                                        /** @description The record as it was sent */
                                        record?: unknown;
                                        code?: string;
                                        field?: string | null;
                                        message?: string;
                                    }[];
                                };
                            }[];
                            /** @description Names of targets that get it a little later, from the queue */
                            pending?: string[];
                        };
                    };
                };
            };
            /** @description Held, or still running */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: number;
                        status?: string;
                        data?: {
                            code?: number;
                            message?: string;
                            taskId?: number;
                            result?: {
                                /** @description Name of the target */
                                resource?: string;
                                detail?: {
                                    count?: {
                                        all?: number;
                                        success?: number;
                                        failed?: number;
                                    };
                                    failedRecords?: {
                                        /** @description The record as it was sent */
                                        record?: unknown;
                                        code?: string;
                                        field?: string | null;
                                        message?: string;
                                    }[];
                                };
                            }[];
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SnapshotsController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SnapshotView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SnapshotsController.open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenSnapshotBody"];
            };
        };
        responses: {
            /** @description The open snapshot */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SnapshotsController.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SnapshotsController.abort": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, with what was sent */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SnapshotsController.add": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    dataType: "user" | "department";
                    records: ({
                        /** @description Your system's id that never changes */
                        uid: string;
                        /** @description Absent means false */
                        isDeleted?: boolean;
                    } & {
                        [key: string]: unknown;
                    })[];
                };
            };
        };
        responses: {
            /** @description What was taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakenRecordsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SnapshotsController.commit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommitSnapshotBody"];
            };
        };
        responses: {
            /** @description The task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "CallbacksController.verify": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the source */
                sourceName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the vendor expects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such source, or its adapter takes no events */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "CallbacksController.receive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the source */
                sourceName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the vendor expects */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such source, or its adapter takes no events */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
                /** @description One status or several, separated by commas. Absent: everybody who is not deleted */
                status?: string;
                /** @description Only members of this department */
                departmentId?: number;
                /** @description Only users whom this source states, or was the last to state */
                sourceId?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UserView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description A parameter is not understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description `errors[].code` is `username_taken`, `email_taken` or `phone_taken`; the message names who has it, by id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description There is no such user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description There is no such user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A source states the user, and would bring them back */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.patch": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description There is no such user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The user is deleted, or a value is taken: `errors[].code` is `username_taken`, `email_taken` or `phone_taken`; the message names who has it, by id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.changes": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UserChangeView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description There is no such user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description There is no such user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description `errors[].code` is `username_taken`, `email_taken` or `phone_taken`; the message names who has it, by id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "UsersController.release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description There is no such user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The user does not hold the field */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.list": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
                /** @description Only children of this department; `null` or empty: only roots. Absent: all, flat */
                parentId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DepartmentView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description A parameter is not understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDepartmentBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentView"];
                };
            };
            /** @description There is no such department, or it is deleted */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such department, or it is deleted */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description A source states it, or somebody or another department is in it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.patch": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentPatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentView"];
                };
            };
            /** @description There is no such department, or it is deleted */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description `department_cycle`: the parent is the department itself or below it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.members": {
        parameters: {
            query?: {
                /** @description Number of the page, from 1 */
                page?: number;
                /** @description Rows on a page */
                pageSize?: number;
                /** @description Column to sort by; a leading "-" turns the order round */
                sort?: string;
                /** @description Search text */
                q?: string;
                /** @description One status or several, separated by commas. Absent: everybody who is not deleted */
                status?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UserView"][];
                        /** @description Rows on all pages; more than 10,000 users are counted anew every 10 seconds */
                        total: number;
                        /** @description Number of this page, from 1 */
                        page: number;
                        /** @description Rows on a page */
                        pageSize: number;
                    };
                };
            };
            /** @description There is no such department, or it is deleted */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.put": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                userId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembershipBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipView"];
                };
            };
            /** @description There is no such user or department */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "DepartmentsController.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                userId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipView"];
                };
            };
            /** @description There is no such user or department */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Only a source says so: remove the membership there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "LinksController.sync": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description There is no such user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No source states the user */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "LinksController.link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLinkBody"];
            };
        };
        responses: {
            /** @description The task */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description There is no such source or user */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The record, or the user, is linked already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "LinksController.unlink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It stands for nobody now */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such link */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "FeedController.read": {
        parameters: {
            query?: {
                /** @description `next` of the answer before, or the `cursor` of an entry: what comes after it. Absent: everything that there is, then what changes. `now`: only what changes from now on */
                after?: string;
                /** @description Entries at most */
                limit?: number;
                /** @description Seconds that the answer may be kept back while there is nothing to tell */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedView"];
                };
            };
            /** @description `after` is no cursor of this feed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description `feed_cursor_expired`: begin anew without `after` */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "HealthController.live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "HealthController.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "MetricsController.read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    "SystemController.read": {
        parameters: {
            query?: {
                /** @description Where the days begin: the IANA name of a time zone */
                timeZone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
}
