-- A company that does not exist: three years of accounts, requests and disclosures of a chat service, with its weeks and
-- seasons and a change of hosting provider, and violations planted on purpose (column plan, table planted).
--
-- Its story: a backlog in the first quarter of 2026, worked off by May; removals by mail that are recognised later and later since
-- the autumn of 2025; and since May 2026 a job that tells recipients of erasures, which was forgotten now and then before. What
-- went wrong was mended, but for what the last month shows. The company that mended nothing has violations of every other kind.
--
-- What is planted is decided in the sections, by rough dates far from every limit, and not by the code under test: an answer
-- that is meant to be late comes on day 36 or later, one that is meant to be in time by day 28 at the latest, or well inside a
-- shorter law. Every choice is a draw from the MD5 of seed, name and key, so the same seed gives the same company everywhere.
--
-- Variables: seed, account_count, exported_at, is_mended.

set timezone = 'Europe/Berlin';

-- Chance: a number from 0 to 1, an account (which may not exist yet on the day), a slot of table day_slots.
create macro draw(name, key) as md5_number_lower(getvariable('seed') || '/' || name || '/' || key) / 18446744073709551616.0;
create macro numbered(prefix, number) as prefix || lpad(number::varchar, 8, '0');
create macro draw_account(name, key) as
    numbered('A', (1 + floor(draw(name, key) * getvariable('account_count')))::bigint);
create macro draw_slot(name, key) as floor(draw(name, key) * 65536)::bigint;

-- Time. As the export sees it, what lies after it has not happened yet.
create macro exported_at() as getvariable('exported_at')::timestamptz;
create macro days_later(instant, days) as make_timestamptz((epoch_us(instant) + (days * 86_400)::bigint * 1_000_000)::bigint);
create macro before_export(days) as days_later(exported_at(), -days);
create macro at_second(day, seconds) as make_timestamptz(epoch_us(day::timestamptz) + seconds::bigint * 1_000_000);
create macro seen(instant) as case when instant < exported_at() then instant end;

create macro in_bad_quarter(instant) as
    instant >= timestamptz '2026-01-01 00:00:00+01' and instant < timestamptz '2026-04-01 00:00:00+02';

-- Whether something may be planted at that instant: by the last month it is mended, and outside the bad quarter it is rarer.
create macro is_mended() as getvariable('is_mended');
create macro may_go_wrong(instant) as
    not is_mended()
    or (instant < timestamptz '2026-10-01 00:00:00+02' and (in_bad_quarter(instant) or draw('overseen', epoch_us(instant)) < 0.4));

-- Of the countries in which the company has accounts.
create macro in_eea(country) as country in ('DE', 'ES', 'FR', 'PT');

-- What the audit must find, by control; each section puts in what it planted, at its end. What is found with other values than
-- those of jivochat's text stands by the control with these, as TOML has them: 'question_answered: question_days = 30'.
create table planted (control_id varchar, record_id varchar, reason varchar);
