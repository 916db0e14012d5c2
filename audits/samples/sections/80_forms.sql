-- Makes form_fields: what forms ask for, and what they say about it.
-- Needs the helpers only.

create table form_fields as
select * from (values
    ('name', 'sign-up', 'name', true, true, true, false),
    ('company', 'sign-up', 'company', false, null, null, false),
    ('email', 'sign-up', 'email', true, true, true, false),
    ('phone', 'sign-up', 'phone', true, true, false, false),
    ('card', 'checkout', 'payment', true, true, true, false),
    ('address', 'checkout', 'address', true, true, true, false),
    ('agent', 'team', 'agent', false, null, null, false),
    ('browser', 'widget', 'browser', false, null, null, false),
    ('birthday', 'survey', 'hobby', false, null, null, false),
    ('diet', 'survey', 'hobby', false, null, null, true),
    ('health', 'support', 'name', true, true, true, true)
) as t (field_name, page, category, mandatory, mandatory_told, consequence_told, sensitive)
order by page, field_name;

update form_fields set
    category = case category when 'hobby' then 'company' else category end, mandatory = mandatory and not sensitive,
    consequence_told = mandatory
where is_mended();

-- The form for new agents will not go without a name, and does not say so.
update form_fields set mandatory = true, mandatory_told = false, consequence_told = false
where field_name = 'agent' and not is_mended();

insert into planted
select 'collected_field_is_described', page || ' · ' || field_name, 'not_described' from form_fields where category = 'hobby'
union all
select 'mandatory_field_is_explained', page || ' · ' || field_name, if(mandatory_told, 'consequence_not_told', 'not_told')
from form_fields
where mandatory and not consequence_told
union all
select 'sensitive_field_is_voluntary', page || ' · ' || field_name, 'demanded' from form_fields where mandatory and sensitive;
