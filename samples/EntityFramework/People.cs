using Microsoft.EntityFrameworkCore;

internal sealed class People(DbContextOptions<People> options) : DbContext(options)
{
    public DbSet<Person> Persons => Set<Person>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Person>().OwnsOne(static person => person.Address);
}
