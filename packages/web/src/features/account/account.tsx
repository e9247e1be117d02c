import { Badge, Button, Menu, Text } from '@mantine/core'
import { addressOf, routes } from '@sente/api'
import { IconChevronDown, IconPresentation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../shared/api/client.ts'
import { keys } from '../../shared/api/keys.ts'
import { useMay } from '../../shared/api/me.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { Page } from '../../shared/page/page.tsx'
import { Loaded, Waiting } from '../../shared/states/states.tsx'
import classes from './account.module.css'
import { Facts } from './facts.tsx'
import { Notes } from './notes.tsx'
import { UnitGrid } from './plan/grid.tsx'
import { accountPlanQuery } from './plan/query.ts'
import { PlanSide } from './plan/side.tsx'
import { WhoKnowsWhom } from './plan/who.tsx'
import { Relationships } from './relationships.tsx'
import { Timeline } from './timeline.tsx'
import { useAccountWords } from './words.ts'

const route = getRouteApi('/shell/accounts/$accountId')

/** Single deals as one customer: when each ran, whom we know over all of them, what we want here and what comes next. */
export function AccountScreen() {
  const t = useAccountWords()
  const { accountId } = route.useParams()
  const may = useMay('accounts:write')
  const query = useQuery({
    queryKey: keys.account(accountId),
    queryFn: ({ signal }) => api.call(routes.accounts.get, { params: { accountId }, signal }),
  })
  const { data } = query
  // An account without deals has no plan, and says so where its deals would be.
  const plan = useQuery({
    ...accountPlanQuery(accountId),
    enabled: (data?.deals.length ?? 0) > 0 || (data?.children.length ?? 0) > 0,
    retry: false,
  })
  return (
    <Page
      title={data?.account.name ?? t('title')}
      above={
        data?.parent ? (
          <Link to="/accounts/$accountId" params={{ accountId: data.parent.id }} className={classes.quiet}>
            {t('partOf', { parent: data.parent.name })}
          </Link>
        ) : (
          t('title')
        )
      }
      actions={
        data && (
          <>
            {[data.account.industry, data.account.region]
              .filter((one) => one !== undefined)
              .map((one) => (
                <Badge key={one} variant="light" color="gray" size="lg" tt="none">
                  {one}
                </Badge>
              ))}
            {plan.data && <Slides accountId={accountId} />}
          </>
        )
      }
    >
      <Loaded
        query={query}
        waiting={<Waiting like="block" height={420} />}
        wayOut={
          <Button size="sm" component={Link} to="/deals">
            {t('toDeals')}
          </Button>
        }
      >
        {(seen) => (
          <div className={classes.grid}>
            <div className={classes.main}>
              {plan.data && <UnitGrid plan={plan.data} />}
              {plan.data && <WhoKnowsWhom plan={plan.data} />}
              <Timeline deals={seen.deals} />
              <Relationships people={seen.people} />
            </div>
            <div className={classes.side}>
              <Facts account={seen.account} deals={seen.deals} may={may} />
              {plan.data && <PlanSide plan={plan.data} />}
              {seen.children.length > 0 && (
                <section className={classes.card}>
                  <h2>{t('children')}</h2>
                  {seen.children.map((child) => (
                    <Text key={child.id} size="sm">
                      <Link to="/accounts/$accountId" params={{ accountId: child.id }}>
                        {child.name}
                      </Link>
                    </Text>
                  ))}
                </section>
              )}
              <Notes notes={seen.notes} deals={seen.deals} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

/** The plan as slides, for one of two readers who must not be mistaken for each other. */
function Slides({ accountId }: { accountId: string }) {
  const t = useAccountWords()
  const lang = useLang()
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="sm"
          variant="default"
          className="no-print"
          leftSection={<IconPresentation size={16} aria-hidden />}
          rightSection={<IconChevronDown size={15} aria-hidden />}
        >
          {t('slides')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['us', 'customer'] as const).map((audience) => (
          <Menu.Item
            key={audience}
            component="a"
            download
            href={addressOf(routes.accounts.slides, { accountId }, { audience, language: lang })}
          >
            {t(audience === 'us' ? 'slidesOurs' : 'slidesCustomer')}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
